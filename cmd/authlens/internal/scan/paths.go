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
	bare  bool  // a folder in which there is no file
	err   error // it cannot be read
}

// proseNames end the names of documents, which write about failures but are not logs.
var proseNames = []string{".md", ".markdown", ".rst", ".adoc", ".html", ".htm"}

func isProse(name string) bool {
	return slices.Contains(proseNames, strings.ToLower(filepath.Ext(name)))
}

// expand returns the files that args stand for: files, folders with all that is
// below them, patterns, and - for stdin. A file is taken once, however many names and
// links lead to it. Documents count as logs only if they are asked for, by name or by
// a pattern.
func expand(args []string) []path {
	e := expansion{seen: map[string]bool{}}
	for _, arg := range args {
		if arg == "-" {
			e.take(arg, path{name: arg, named: true})
			continue
		}
		if arg == "" {
			e.take(arg, path{name: `""`, named: true, err: errors.New("expected a path; this one is empty, as an unset variable is")})
			continue
		}
		info, err := os.Stat(arg)
		if errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(arg, "*?[") {
			e.takePattern(arg)
		} else {
			e.takeFound(path{name: arg, named: true}, info, err)
		}
	}
	return e.paths
}

// An expansion collects paths.
type expansion struct {
	paths []path
	seen  map[string]bool // by identity
}

// take adds p, unless there is one of the same identity: where a file really is.
func (e *expansion) take(identity string, p path) {
	if e.seen[identity] || len(e.paths) > filesMax {
		return
	}
	if len(e.paths) == filesMax {
		p = path{name: p.name, named: true, err: fmt.Errorf("%s and what comes after it: at most %d files are read at once", p.name, filesMax)}
	}
	e.seen[identity] = true
	e.paths = append(e.paths, p)
}

// takePattern takes what a pattern matches, files and folders.
func (e *expansion) takePattern(pattern string) {
	matches, err := filepath.Glob(pattern)
	switch {
	case err != nil:
		err = fmt.Errorf("%s: %w", pattern, err)
	case len(matches) == 0:
		err = fmt.Errorf("%s: no file matches this pattern", pattern)
	}
	if err != nil {
		e.take(pattern, path{name: pattern, named: true, err: err})
		return
	}
	for _, name := range matches {
		info, err := os.Stat(name)
		e.takeFound(path{name: name}, info, err)
	}
}

// takeFound takes p, a file or a folder, of which os.Stat said info and err.
func (e *expansion) takeFound(p path, info fs.FileInfo, err error) {
	switch {
	case err != nil:
		p.err = err
		e.take(p.name, p)
	case info.IsDir():
		e.walk(p.name)
	default:
		p.size = info.Size()
		e.take(realPath(p.name), p)
	}
}

// walk takes the regular files below a folder, and those that links there lead to,
// such as the kubelet's in /var/log/containers. Links to folders are not followed, since
// they may lead back. Hidden files are skipped.
func (e *expansion) walk(root string) {
	realRoot, found := realPath(root), false
	err := filepath.WalkDir(realRoot, func(real string, d fs.DirEntry, err error) error {
		p := path{name: filepath.Join(root, strings.TrimPrefix(real, realRoot)), prose: isProse(real)}
		switch {
		case err != nil:
			found, p.err = true, err
			e.take(real, p)
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case real != realRoot && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.Type().IsRegular():
			if info, err := d.Info(); err == nil {
				p.size = info.Size()
			}
			found = true
			e.take(real, p)
		case d.Type()&fs.ModeSymlink != 0:
			if info, err := os.Stat(real); err == nil && info.Mode().IsRegular() {
				found, p.size = true, info.Size()
				e.take(realPath(real), p)
			}
		}
		return nil
	})
	if err != nil {
		e.take(root, path{name: root, err: err})
	} else if !found {
		e.take(realRoot, path{name: root, bare: true})
	}
}

// realPath returns where the file with that name is: an absolute path without links.
func realPath(name string) string {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	if absolute, err := filepath.Abs(name); err == nil {
		name = absolute
	}
	return name
}
