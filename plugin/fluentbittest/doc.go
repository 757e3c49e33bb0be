// Package fluentbittest runs the plugin in real Fluent Bits: those that the
// environment variable FLUENT_BIT names (paths separated by ':'), else the
// fluent-bit on PATH. Without one its tests are skipped and say so.
//
//	make integration
//
// Fluent Bit 1.9.10 to 5.1.1 are the versions the plugin is made for; the tests pass with
// those two and 4.1.1. All traffic stays on the loopback interface and on sockets in
// temporary directories.
package fluentbittest
