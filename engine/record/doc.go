// Package record walks the msgpack that Fluent Bit hands to an output, in place.
//
// A chunk is records back to back, each an array of two:
//
//	[time, {fields}]              Fluent Bit before 2.1
//	[[time, {metadata}], {fields}]  Fluent Bit 2.1 and later
//
// A Cursor goes from record to record, a Fields through the values of one. Both
// borrow the chunk, and neither copies, allocates, or reads outside it, whatever
// the bytes are. Nothing is decoded into maps, and broken framing is not recovered
// from: a Cursor then stops and says where, what it expected, and what came.
package record
