// Command sbom writes the bill of materials of a Go binary or library, as it was
// recorded in it when it was built: CycloneDX 1.6, JSON, on standard output.
//
//	go -C .ci/tools run ./sbom /path/of/out_authlens.so VERSION >out_authlens.so.cdx.json
//
// The version is an argument because Go records none for what is built from a
// checkout or an archive.
package main

import (
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: sbom FILE VERSION")
		os.Exit(2)
	}
	if err := write(os.Stdout, os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

func write(w io.Writer, file, version string) error {
	info, err := buildinfo.ReadFile(file)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)

	bom := cdx.NewBOM()
	subject := component(&debug.Module{Path: info.Main.Path, Version: version})
	subject.Name = filepath.Base(file)
	subject.Hashes = &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(sum[:])}}
	subject.Licenses = &cdx.Licenses{{License: &cdx.License{ID: "Apache-2.0"}}}
	subject.Properties = settings(info.Settings)
	bom.Metadata = &cdx.Metadata{Component: &subject}

	// The standard library is part of the binary too; scanners know it by this name.
	components := []cdx.Component{component(&debug.Module{
		Path: "std", Version: strings.TrimPrefix(info.GoVersion, "go"),
	})}
	var uses []string
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		components = append(components, component(m))
	}
	for _, c := range components {
		uses = append(uses, c.BOMRef)
	}
	bom.Components = &components
	bom.Dependencies = &[]cdx.Dependency{{Ref: subject.BOMRef, Dependencies: &uses}}

	e := cdx.NewBOMEncoder(w, cdx.BOMFileFormatJSON)
	e.SetPretty(true)
	e.SetEscapeHTML(false)
	return e.EncodeVersion(bom, cdx.SpecVersion1_6)
}

// component is a Go module, known by its package URL.
func component(m *debug.Module) cdx.Component {
	purl := "pkg:golang/" + m.Path
	if m.Version != "" {
		purl += "@" + m.Version
	}
	c := cdx.Component{BOMRef: purl, Type: cdx.ComponentTypeLibrary, Name: m.Path, Version: m.Version, PackageURL: purl}
	if m.Sum != "" {
		c.Properties = &[]cdx.Property{{Name: "go:sum", Value: m.Sum}}
	}
	return c
}

// settings are how it was built: architecture, flags, commit.
func settings(all []debug.BuildSetting) *[]cdx.Property {
	var p []cdx.Property
	for _, s := range all {
		p = append(p, cdx.Property{Name: "go:build:" + s.Key, Value: s.Value})
	}
	return &p
}
