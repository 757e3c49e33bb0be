package logfile

import (
	"bytes"
	"io"
)

const (
	// blockSize is how much is read and searched at once, in bytes.
	blockSize = 512 << 10
	// lineMax is the longest line that is read whole, in bytes: the most that
	// CloudWatch Logs takes as one event. The rest of a longer one is skipped.
	lineMax = 1 << 20
)

// A blockReader reads many lines at a time.
type blockReader struct {
	in    io.Reader
	stats *Stats
	buf   []byte
	rest  []byte // of buf: a line whose end has not been read
	skip  bool   // the line being read is too long
}

// next returns whole lines, which are valid until the next call; an error comes with the last
// of them, io.EOF at the end.
func (b *blockReader) next() ([]byte, error) {
	for {
		kept := copy(b.buf, b.rest)
		n, err := io.ReadFull(b.in, b.buf[kept:])
		b.stats.Bytes += int64(n)
		block := b.afterLong(b.buf[:kept+n])
		b.rest = nil
		switch {
		case err == io.EOF, err == io.ErrUnexpectedEOF: // from ReadFull itself; others are wrapped
			return block, io.EOF
		case err != nil:
			return block, err
		case b.skip:
			continue
		}
		whole := bytes.LastIndexByte(block, '\n') + 1
		switch {
		case whole > 0 || len(block) < len(b.buf):
			b.rest = block[whole:]
			return block[:whole], nil
		case len(b.buf) < lineMax:
			b.rest, b.buf = block, make([]byte, lineMax)
		default:
			b.stats.Cut++
			b.skip = true
			return block, nil
		}
	}
}

// afterLong returns block without the rest of a line that is too long.
func (b *blockReader) afterLong(block []byte) []byte {
	if !b.skip {
		return block
	}
	i := bytes.IndexByte(block, '\n')
	if i < 0 {
		return nil
	}
	b.skip = false
	return block[i+1:]
}
