package conf

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A kind is how the text of an option becomes a field of Config.
type kind interface {
	name() string    // "duration"
	bounds() string  // "1s to 1h", or ""
	expects() string // for messages: "a duration from 1s to 1h, such as 60s"
	// set stores the meaning of text, which is trimmed and not empty. Its error
	// says what is wrong beyond expects, or is errMismatch.
	set(c *Config, text string) error
}

// errMismatch has no text: what was expected and what was given say it all.
var errMismatch = errors.New("")

type duration struct {
	field    func(*Config) *time.Duration
	min, max time.Duration
	orZero   bool // 0 is allowed below min, and means never
	example  string
}

func (k duration) name() string { return "duration" }

func (k duration) bounds() string {
	span := brief(k.min) + " to " + brief(k.max)
	if k.orZero {
		return "0 (never), or " + span
	}
	return span
}

func (k duration) expects() string {
	return "a duration, " + k.bounds() + ", such as " + k.example
}

// set takes Go's syntax (90s, 1h30m) and, as Fluent Bit does, bare seconds.
func (k duration) set(c *Config, text string) error {
	d, err := time.ParseDuration(text)
	if seconds, atoiErr := strconv.Atoi(text); atoiErr == nil {
		if seconds < 0 || seconds > int(k.max/time.Second) {
			return errMismatch
		}
		d, err = time.Duration(seconds)*time.Second, nil
	}
	if err != nil || d > k.max || (d < k.min && !(k.orZero && d == 0)) {
		return errMismatch
	}
	*k.field(c) = d
	return nil
}

// wholeSeconds is a duration that findings publish, in seconds.
type wholeSeconds struct{ duration }

func (k wholeSeconds) bounds() string  { return k.duration.bounds() + ", in whole seconds" }
func (k wholeSeconds) expects() string { return k.duration.expects() + ", in whole seconds" }

func (k wholeSeconds) set(c *Config, text string) error {
	if err := k.duration.set(c, text); err != nil {
		return err
	}
	if *k.field(c)%time.Second != 0 {
		return errors.New("a fraction of a second")
	}
	return nil
}

// brief writes a duration without its zero parts: 4h, not 4h0m0s.
func brief(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

type integer struct {
	field    func(*Config) *int
	min, max int
	example  string
}

func (k integer) name() string   { return "number" }
func (k integer) bounds() string { return fmt.Sprintf("%d to %d", k.min, k.max) }
func (k integer) expects() string {
	return "a whole number, " + k.bounds() + ", such as " + k.example
}

func (k integer) set(c *Config, text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < k.min || n > k.max {
		return errMismatch
	}
	*k.field(c) = n
	return nil
}

type size struct {
	field    func(*Config) *int
	min, max int // bytes
	example  string
}

func (k size) name() string   { return "size" }
func (k size) bounds() string { return bytesText(k.min) + " to " + bytesText(k.max) }
func (k size) expects() string {
	return "a size in bytes, " + k.bounds() + ", such as " + k.example
}

// set takes bytes, or kibibytes with a k as Fluent Bit writes them.
func (k size) set(c *Config, text string) error {
	unit, digits := 1, text
	if s, ok := strings.CutSuffix(strings.ToLower(text), "k"); ok {
		unit, digits = 1024, s
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || n > k.max/unit || n*unit < k.min {
		return errMismatch
	}
	*k.field(c) = n * unit
	return nil
}

func bytesText(n int) string {
	if n%1024 == 0 {
		return strconv.Itoa(n/1024) + "k"
	}
	return strconv.Itoa(n)
}

type boolean struct {
	field func(*Config) *bool
}

func (k boolean) name() string    { return "on/off" }
func (k boolean) bounds() string  { return "" }
func (k boolean) expects() string { return "on or off" }

func (k boolean) set(c *Config, text string) error {
	switch strings.ToLower(text) {
	case "on", "true", "yes":
		*k.field(c) = true
	case "off", "false", "no":
		*k.field(c) = false
	default:
		return errMismatch
	}
	return nil
}

type choice struct {
	values []string
	store  func(c *Config, value string)
}

func (k choice) name() string    { return "choice" }
func (k choice) bounds() string  { return strings.Join(k.values, ", ") }
func (k choice) expects() string { return "one of " + k.bounds() }

func (k choice) set(c *Config, text string) error {
	for _, v := range k.values {
		if strings.EqualFold(v, text) {
			k.store(c, v)
			return nil
		}
	}
	return errMismatch
}

// choices is a comma-separated list of some of the values, each at most once.
type choices struct {
	values []string
	field  func(*Config) *[]string
}

func (k choices) name() string    { return "list" }
func (k choices) bounds() string  { return strings.Join(k.values, ", ") }
func (k choices) expects() string { return "a comma-separated list out of " + k.bounds() }

func (k choices) set(c *Config, text string) error {
	var list []string
	for _, item := range split(text) {
		item = strings.ToLower(item)
		if !slices.Contains(k.values, item) {
			return fmt.Errorf("there is no %q", shorten(item))
		}
		if !slices.Contains(list, item) {
			list = append(list, item)
		}
	}
	if len(list) == 0 {
		return errMismatch
	}
	*k.field(c) = list
	return nil
}

// names is a comma-separated list of words.
type names struct {
	field func(*Config) *[]string
	max   int
}

func (k names) name() string   { return "list" }
func (k names) bounds() string { return fmt.Sprintf("up to %d", k.max) }
func (k names) expects() string {
	return fmt.Sprintf("a comma-separated list of up to %d names", k.max)
}

func (k names) set(c *Config, text string) error {
	list := split(text)
	if len(list) == 0 || len(list) > k.max {
		return errMismatch
	}
	*k.field(c) = list
	return nil
}

// line is any text on one line.
type line struct {
	field func(*Config) *string
	max   int // bytes
}

func (k line) name() string    { return "text" }
func (k line) bounds() string  { return fmt.Sprintf("up to %d bytes", k.max) }
func (k line) expects() string { return fmt.Sprintf("up to %d bytes on one line", k.max) }

func (k line) set(c *Config, text string) error {
	if len(text) > k.max || strings.ContainsFunc(text, isControl) {
		return errMismatch
	}
	*k.field(c) = text
	return nil
}

// readable is the path of a file, or of a folder of files, that can be read now.
type readable struct {
	field func(*Config) *string
}

func (k readable) name() string    { return "path" }
func (k readable) bounds() string  { return "" }
func (k readable) expects() string { return "the path of a readable file or folder" }

func (k readable) set(c *Config, text string) error {
	// Checked before opening: a pipe would wait for somebody to write.
	info, err := os.Stat(text)
	if err != nil {
		return cause(err)
	}
	if mode := info.Mode(); !mode.IsRegular() && !mode.IsDir() {
		return errors.New("a pipe, a socket or a device")
	}
	f, err := os.Open(text)
	if err != nil {
		return cause(err)
	}
	f.Close()
	*k.field(c) = text
	return nil
}

// cause drops the operation and path that an os error repeats.
func cause(err error) error {
	var pathErr *os.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

func split(text string) []string {
	var list []string
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }
