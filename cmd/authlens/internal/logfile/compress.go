package logfile

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

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
			return nil, nil, err
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

// byteOrderMark is what Windows programs put before a text.
var byteOrderMark = []byte("\ufeff")

// unmarked returns text as UTF-8, without a byte order mark at its start.
func unmarked(text io.Reader) io.Reader {
	in := bufio.NewReader(text)
	mark, _ := in.Peek(len(byteOrderMark))
	switch {
	case bytes.Equal(mark, byteOrderMark):
		in.Discard(len(mark)) // cannot fail: it was peeked at
	case bytes.HasPrefix(mark, []byte{0xff, 0xfe}):
		return newWideText(in, binary.LittleEndian)
	case bytes.HasPrefix(mark, []byte{0xfe, 0xff}):
		return newWideText(in, binary.BigEndian)
	}
	return in
}

// wideText reads UTF-16, which PowerShell's > makes of a program's output, as UTF-8.
type wideText struct {
	in    io.Reader
	order binary.ByteOrder
	wide  []byte // read but not decoded: less than one character
	text  []byte // decoded but not returned yet
}

// newWideText returns what follows a byte order mark of two bytes.
func newWideText(in *bufio.Reader, order binary.ByteOrder) *wideText {
	in.Discard(2)
	return &wideText{in: in, order: order}
}

func (w *wideText) Read(p []byte) (int, error) {
	for len(w.text) == 0 {
		var block [4 << 10]byte
		n := copy(block[:], w.wide)
		k, err := w.in.Read(block[n:])
		w.decode(block[:n+k], err != nil)
		if err != nil && len(w.text) == 0 {
			return 0, err
		}
	}
	n := copy(p, w.text)
	w.text = w.text[n:]
	return n, nil
}

// decode decodes b, leaving half a character at its end for later unless b is the last.
func (w *wideText) decode(b []byte, last bool) {
	w.text = w.text[:0]
	for len(b) >= 2 {
		r, n := rune(w.order.Uint16(b)), 2
		if utf16.IsSurrogate(r) {
			if len(b) < 4 && !last {
				break
			}
			low := rune(0)
			if len(b) >= 4 {
				low = rune(w.order.Uint16(b[2:]))
			}
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				n = 4
			}
		}
		w.text = utf8.AppendRune(w.text, r)
		b = b[n:]
	}
	if last && len(b) > 0 {
		w.text = utf8.AppendRune(w.text, utf8.RuneError)
		b = nil
	}
	w.wide = append(w.wide[:0], b...)
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
	case !strings.HasPrefix(err.Error(), n.what): // gzip's own say it already
		err = fmt.Errorf("%s: %w", n.what, err)
	}
	return k, err
}
