// Checks one proof of a Từng Đồng log with Go's own packages, golang.org/x/mod/sumdb/note and tlog.
//
//	go run check-proof.go '<verifier key>' 851.tlog-proof ['<verifier key of a witness>' ...]
//
// Of a witness whose key is given it says when they cosigned, or that they did not; a wrong cosignature of theirs spoils the proof.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

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
	trusted := []note.Verifier{verifier}
	for _, key := range os.Args[3:] {
		trusted = append(trusted, newWitness(key))
	}
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(trusted...))
	check(err)
	if _, isSigned := signatureOf(opened, verifier); !isSigned {
		check(fmt.Errorf("signed by witnesses, and not by the log"))
	}
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
	for _, key := range trusted[1:] {
		if signature, isSigned := signatureOf(opened, key); isSigned {
			at := int64(binary.BigEndian.Uint64(signature))
			fmt.Printf("cosigned by the witness %s at %s\n", key.Name(), time.Unix(at, 0).UTC().Format(time.RFC3339))
		} else {
			fmt.Printf("not cosigned by the witness %s\n", key.Name())
		}
	}
}

// The signature of a key, without the key's id before it; note.Open has found it right.
func signatureOf(opened *note.Note, key note.Verifier) ([]byte, bool) {
	for _, one := range opened.Sigs {
		if one.Name == key.Name() && one.Hash == key.KeyHash() {
			bytes, err := base64.StdEncoding.DecodeString(one.Base64)
			check(err)
			return bytes[4:], true
		}
	}
	return nil, false
}

// A witness's Ed25519 key (c2sp.org/tlog-cosignature): it signs the time with the text. Go's package knows plain signatures only.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature), text)
	return ed25519.Verify(w.key, []byte(signed), signature[8:])
}

func newWitness(text string) note.Verifier {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 {
		check(fmt.Errorf("this is no verifier key: %s", text))
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	check(err)
	if len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		check(fmt.Errorf("this is no key of a witness: %s", text))
	}
	id := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	if fmt.Sprintf("%x", id[:4]) != parts[1] {
		check(fmt.Errorf("the id of this key is not its own: %s", text))
	}
	return witness{parts[0], binary.BigEndian.Uint32(id[:4]), key[1:]}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "NOT PROVEN:", err)
		os.Exit(1)
	}
}
