// Command authlens finds and explains authentication and authorization failures
// in log lines, by the rules and the code of the Fluent Bit plugin, without
// Fluent Bit.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
	kongcompletion "github.com/jotaen/kong-completion"
)

// version is set by the Makefile.
var version = "dev"

// Exit codes of every command.
const (
	exitOK      = 0
	exitProblem = 1 // not done, or not all of it; or a rule is wrong
	exitUsage   = 2 // the command line was not understood
	exitFound   = 3 // done, and what was found is worth stopping for

	exitInterrupted = 130 // ended by Ctrl-C, as shells have it
)

// An exit is an error with an exit code of its own.
type exit struct {
	code int
	text string
}

func (e *exit) Error() string { return e.text }

type commandLine struct {
	Scan    scanCommand    `cmd:"" help:"Find failures in log files and CloudWatch exports, and say what to change."`
	Doctor  doctorCommand  `cmd:"" help:"Examine the AWS credentials of this container or machine, step by step, as SDKs look for them."`
	Explain explainCommand `cmd:"" help:"Explain log lines: which rule matches, what was read, what to change."`
	Replay  replayCommand  `cmd:"" help:"Play recorded logs through the plugin's own code, by their own times."`
	Show    showCommand    `cmd:"" help:"Show findings, as the plugin writes them, for people."`
	Rules   rulesCommand   `cmd:"" help:"List the rules, or check rules of your own."`

	Completion kongcompletion.Completion `cmd:"" help:"Print what makes your shell complete authlens' commands and flags."`

	Version kong.VersionFlag `help:"Print the version."`
}

const description = `Finds and explains authentication and authorization failures in logs. authlens <command> --help says more.

Exit codes: 0 done; 1 not done, or not all of it (a file cannot be read, a rule is wrong); 2 the command line was not understood; 3 done, and what was found is worth stopping for (scan --fail-on, doctor); 130 stopped by Ctrl-C.
Colours are used on a terminal only, and not where NO_COLOR is set.`

// A place is what a command reads from and writes to, besides files.
type place struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

func main() {
	here := place{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}
	os.Exit(run(os.Args[1:], here))
}

func run(args []string, here place) int {
	var line commandLine
	parser := kong.Must(&line,
		kong.Name("authlens"),
		kong.Description(description),
		kong.Vars{"version": version},
		kong.Writers(here.stdout, here.stderr),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Bind(here),
	)
	kongcompletion.Register(parser) // answers and exits when a shell asks
	if len(args) == 0 {
		args = []string{"--help"}
	}
	ctx, err := parser.Parse(args)
	if err != nil {
		var parse *kong.ParseError
		if errors.As(err, &parse) && parse.Context != nil {
			fmt.Fprintf(here.stderr, "authlens: %v\nTry: %s --help\n", err, called(parse.Context))
		} else {
			fmt.Fprintf(here.stderr, "authlens: %v\n", err)
		}
		return exitUsage
	}
	if err := ctx.Run(); err != nil {
		fmt.Fprintf(here.stderr, "authlens: %v\n", err)
		var own *exit
		if errors.As(err, &own) {
			return own.code
		}
		return exitProblem
	}
	return exitOK
}

// called returns the command as far as it was understood, without its arguments:
// "authlens rules check".
func called(ctx *kong.Context) string {
	name := ctx.Model.Name
	for _, p := range ctx.Path {
		if p.Command != nil {
			name += " " + p.Command.Name
		}
	}
	return name
}
