package rules

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// Load reads a rules file, or every .yaml and .yml file of a folder (not of
// folders below it) in the order of their names.
func Load(path string) (*Set, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	if info.IsDir() {
		return loadFS(os.DirFS(path), path)
	}
	if !info.Mode().IsRegular() {
		return nil, Problems{noFile(path)}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	defer file.Close()
	src, err := readAll(file)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	return Parse(path, src)
}

// noFile is the problem with what is not a file: opening a pipe would wait for somebody to
// write, and a device may never end.
func noFile(path string) Problem {
	return Problem{File: path, Message: "expected a file; found a pipe, a socket or a device"}
}

// tooLarge is the problem with the file that makes the rules too large.
func tooLarge(path string) Problem {
	return Problem{File: path, Message: fmt.Sprintf("rules may have %d bytes, all files of a folder together; with this one they have more", maxFileBytes)}
}

// readAll reads a file, but no more of it than it takes for Parse to refuse it: it may be a
// log of gigabytes.
func readAll(file io.Reader) ([]byte, error) { return io.ReadAll(io.LimitReader(file, maxFileBytes+1)) }

// readIn is readAll of a file in a folder.
func readIn(folder fs.FS, name string) ([]byte, error) {
	file, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readAll(file)
}

// loadFS reads every rules file of a folder into one Set. prefix is put before
// the file names in messages.
func loadFS(folder fs.FS, prefix string) (*Set, error) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	all, found, total := &Set{}, false, 0
	var problems Problems
	for _, entry := range entries {
		if !slices.Contains([]string{".yaml", ".yml"}, path.Ext(entry.Name())) {
			continue
		}
		info, err := fs.Stat(folder, entry.Name()) // of what a link leads to
		if err != nil {
			return nil, fmt.Errorf("rules: %w", err)
		}
		if info.IsDir() {
			continue
		}
		found = true
		if !info.Mode().IsRegular() {
			problems = append(problems, noFile(filepath.Join(prefix, entry.Name())))
			continue
		}
		src, err := readIn(folder, entry.Name())
		if err != nil {
			return nil, fmt.Errorf("rules: %w", err)
		}
		if total += len(src); total > maxFileBytes {
			problems = append(problems, tooLarge(filepath.Join(prefix, entry.Name())))
			break
		}
		set, err := Parse(filepath.Join(prefix, entry.Name()), src)
		var wrong Problems
		switch {
		case errors.As(err, &wrong):
			problems = append(problems, wrong...)
		case err != nil:
			return nil, err
		default:
			all.Rules = append(all.Rules, set.Rules...)
			all.Causes = append(all.Causes, set.Causes...)
			all.Adjustments = append(all.Adjustments, set.Adjustments...)
		}
	}
	if !found {
		return nil, fmt.Errorf("rules: expected at least one .yaml file in %s; found none", prefix)
	}
	problems = append(problems, all.duplicates()...)
	if len(problems) > 0 {
		return nil, problems
	}
	return all, nil
}
