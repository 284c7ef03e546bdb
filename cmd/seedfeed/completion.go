package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// Run prints a script that the shell is to read at its start. The words in it
// are those of this build.
func (c *completionCommand) Run(env *environment) error {
	var b strings.Builder
	switch c.Shell {
	case "bash":
		bashCompletion(&b, env.parser.Model.Node)
	case "zsh":
		// zsh reads bash's completions, with this line before them.
		b.WriteString("autoload -U +X bashcompinit && bashcompinit\n")
		bashCompletion(&b, env.parser.Model.Node)
	case "fish":
		fishCompletion(&b, env.parser.Model.Node)
	}
	_, err := env.stdout.Write([]byte(b.String()))
	return err
}

// bashCompletion completes the command, then flags, then names of files.
func bashCompletion(b *strings.Builder, root *kong.Node) {
	b.WriteString("_seedfeed() {\n\tlocal current=\"${COMP_WORDS[COMP_CWORD]}\" words=\"\"\n")
	b.WriteString("\tcase \"$current\" in\n\t-*)\n\t\tcase \"${COMP_WORDS[1]}\" in\n")
	for _, command := range root.Children {
		fmt.Fprintf(b, "\t\t%s) words=%q ;;\n", command.Name, strings.Join(flagNames(root, command), " "))
	}
	fmt.Fprintf(b, "\t\t*) words=%q ;;\n\t\tesac ;;\n", strings.Join(flagNames(root), " "))
	fmt.Fprintf(b, "\t*) [ \"$COMP_CWORD\" -eq 1 ] && words=%q ;;\n\tesac\n", strings.Join(commandNames(root), " "))
	b.WriteString("\tCOMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n}\n")
	b.WriteString("complete -o default -F _seedfeed seedfeed\n")
}

func fishCompletion(b *strings.Builder, root *kong.Node) {
	for _, command := range root.Children {
		fmt.Fprintf(b, "complete -c seedfeed -n __fish_use_subcommand -f -a %s -d %q\n", command.Name, command.Help)
		for _, flag := range command.Flags {
			fmt.Fprintf(b, "complete -c seedfeed -n '__fish_seen_subcommand_from %s' -l %s -d %q\n", command.Name, flag.Name, flag.Help)
		}
	}
	for _, flag := range root.Flags {
		fmt.Fprintf(b, "complete -c seedfeed -l %s -d %q\n", flag.Name, flag.Help)
	}
}

func commandNames(root *kong.Node) []string {
	var names []string
	for _, command := range root.Children {
		names = append(names, command.Name)
	}
	return names
}

// flagNames lists the flags of nodes as they are written.
func flagNames(nodes ...*kong.Node) []string {
	var names []string
	for _, node := range nodes {
		for _, flag := range node.Flags {
			names = append(names, "--"+flag.Name)
		}
	}
	return names
}
