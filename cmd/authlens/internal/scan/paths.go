package scan

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// filesMax bounds the files of one scan.
const filesMax = 200_000

// A path is a file to scan.
type path struct {
	name  string
	size  int64 // bytes; 0 when unknown
	named bool  // given by name, not found in a folder or by a pattern
	prose bool  // a document for people, in a folder
	err   error // it cannot be read
}

// proseNames end the names of documents: they tell of failures, and none of them is
// the log of one.
var proseNames = []string{".md", ".markdown", ".rst", ".adoc", ".html", ".htm"}

func isProse(name string) bool {
	return slices.Contains(proseNames, strings.ToLower(filepath.Ext(name)))
}

// expand returns the files that args stand for: files, folders with all that is
// below them, patterns, and - for stdin. A path is taken once. Documents are taken
// for logs only where they are asked for, by name or by a pattern.
func expand(args []string) []path {
	var all []path
	seen := map[string]bool{}
	take := func(p path) {
		if seen[p.name] || len(all) > filesMax {
			return
		}
		if len(all) == filesMax {
			p = path{name: p.name, named: true, err: fmt.Errorf("%s and what comes after it: at most %d files are read at once", p.name, filesMax)}
		}
		seen[p.name] = true
		all = append(all, p)
	}
	for _, arg := range args {
		if arg == "-" {
			take(path{name: arg, named: true})
			continue
		}
		info, err := os.Stat(arg)
		switch {
		case err == nil && info.IsDir():
			walk(arg, take)
		case err == nil:
			take(path{name: arg, size: info.Size(), named: true})
		case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(arg, "*?["):
			matches, badPattern := filepath.Glob(arg)
			switch {
			case badPattern != nil:
				err = fmt.Errorf("%s: %w", arg, badPattern)
			case len(matches) == 0:
				err = fmt.Errorf("%s: no file matches this pattern", arg)
			default:
				err = nil
			}
			if err != nil {
				take(path{name: arg, named: true, err: err})
			}
			for _, name := range matches {
				if info, err := os.Stat(name); err == nil && info.IsDir() {
					walk(name, take)
				} else if err == nil {
					take(path{name: name, size: info.Size()})
				} else {
					take(path{name: name, err: err})
				}
			}
		default:
			take(path{name: arg, named: true, err: err})
		}
	}
	return all
}

// walk takes the regular files below a folder; hidden ones are none of ours.
func walk(root string, take func(path)) {
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			take(path{name: name, err: err})
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case name != root && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.Type().IsRegular():
			p := path{name: name, prose: isProse(name)}
			if info, err := d.Info(); err == nil {
				p.size = info.Size()
			}
			take(p)
		}
		return nil
	})
	if err != nil {
		take(path{name: root, err: err})
	}
}
