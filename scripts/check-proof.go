// Checks one proof of a Từng Đồng log with Go's own packages, golang.org/x/mod/sumdb/note and tlog.
//
//	go run check-proof.go '<verifier key>' 851.tlog-proof
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	check(err)
	file, err := os.ReadFile(os.Args[2])
	check(err)

	// A proof is some lines, an empty line, and the checkpoint as the log signed it.
	head, checkpoint, _ := strings.Cut(string(file), "\n\n")
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(verifier))
	check(err)
	tree := strings.Split(opened.Text, "\n")
	if tree[0] != verifier.Name() {
		check(fmt.Errorf("a checkpoint of another log, %s", tree[0]))
	}
	size, err := strconv.ParseInt(tree[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(tree[2])
	check(err)

	// "extra" is the entry itself, "index" its place, and the rest is the way up to the root.
	lines := strings.Split(head, "\n")
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	check(err)
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	check(err)
	var way tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		check(err)
		way = append(way, hash)
	}
	check(tlog.CheckRecord(way, size, root, index, tlog.RecordHash(entry)))
	fmt.Printf("entry %d of %d is in the log %s:\n%s\n", index, size, verifier.Name(), entry)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "NOT PROVEN:", err)
		os.Exit(1)
	}
}
