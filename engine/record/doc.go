// Package record walks the msgpack that Fluent Bit hands to an output, in place.
package record
