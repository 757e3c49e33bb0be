package logfile

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// zstdMemory bounds what one zstd file may ask for to be decompressed, in bytes.
// The format recommends that every decoder supports windows of 8 MiB.
const zstdMemory = 32 << 20

var (
	gzipMagic = []byte{0x1f, 0x8b}
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
)

// decompressed returns what raw holds, as text. The closer may be nil.
func decompressed(raw io.Reader) (io.Reader, io.Closer, error) {
	in := bufio.NewReaderSize(raw, 64<<10)
	magic, err := in.Peek(len(zstdMagic))
	if len(magic) == 0 && err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	switch {
	case bytes.HasPrefix(magic, gzipMagic):
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, nil, fmt.Errorf("gzip: %w", err)
		}
		return named{"gzip", z}, z, nil
	case bytes.Equal(magic, zstdMagic):
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(zstdMemory), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, nil, fmt.Errorf("zstd: %w", err)
		}
		closer := z.IOReadCloser()
		return named{"zstd", z}, closer, nil
	}
	return in, nil, nil
}

// byteOrderMark is what programs of Windows begin a text with. It is no part of it.
var byteOrderMark = []byte("\ufeff")

// unmarked returns text without a byte order mark at its start.
func unmarked(text io.Reader) io.Reader {
	in := bufio.NewReader(text)
	if mark, _ := in.Peek(len(byteOrderMark)); bytes.Equal(mark, byteOrderMark) {
		in.Discard(len(mark)) // what was peeked at is there
	}
	return in
}

// named says in its errors what was being read.
type named struct {
	what string
	r    io.Reader
}

func (n named) Read(p []byte) (int, error) {
	k, err := n.r.Read(p)
	switch {
	case err == nil || err == io.EOF:
	case errors.Is(err, io.ErrUnexpectedEOF):
		err = fmt.Errorf("%s: the file is cut off: %w", n.what, err)
	default:
		err = fmt.Errorf("%s: %w", n.what, err)
	}
	return k, err
}
