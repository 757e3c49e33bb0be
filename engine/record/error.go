package record

import "fmt"

// An Error says where a chunk's framing broke.
type Error struct {
	Offset int    // of the object that broke, from the start of the chunk
	Want   string // what was expected there
	Lead   byte   // the first byte of what came; 0 where the chunk ended
	Need   int    // bytes expected, where bytes were missing
	Have   int    // bytes that were there
}

const (
	wantObject  = "a msgpack object"
	wantLength  = "an object's length"
	wantPayload = "an object's payload"
)

// Error returns one line without the package's name in front.
func (e *Error) Error() string {
	switch {
	case e.Want == "":
		return "no error"
	case e.Need > 0 && e.Want == wantObject:
		return fmt.Sprintf("byte %d: expected %s, got the chunk's end", e.Offset, e.Want)
	case e.Need > 0:
		return fmt.Sprintf("byte %d: expected %s of %d bytes (%s), got %d before the chunk's end",
			e.Offset, e.Want, e.Need, shapes[e.Lead].kind, e.Have)
	default:
		return fmt.Sprintf("byte %d: expected %s, got 0x%02x (%s)", e.Offset, e.Want, e.Lead, shapes[e.Lead].kind)
	}
}
