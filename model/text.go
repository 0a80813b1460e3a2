// Package model holds the words and the rules of the field: identifiers, accounts, uploads, devices,
// their states, the questions that pages ask and the errors that people read.
// It stands on the standard library only and every function in it is safe on any goroutine.
package model

import (
	"fmt"
	"strings"
)

// Text is a sentence for people. Template is the English sentence with {{.Name}} places,
// which is also the key under which the desk finds its translation; Args fills the places.
type Text struct {
	Template string         `json:"template"`
	Args     map[string]any `json:"args,omitempty"`
}

// Say makes a Text of a template and pairs of place name and value.
func Say(template string, pairs ...any) Text {
	t := Text{Template: template}
	for i := 0; i+1 < len(pairs); i += 2 {
		if t.Args == nil {
			t.Args = make(map[string]any, len(pairs)/2)
		}
		t.Args[pairs[i].(string)] = pairs[i+1]
	}
	return t
}

// String is the English sentence, for logs and tests.
func (t Text) String() string {
	s := t.Template
	for name, value := range t.Args {
		s = strings.ReplaceAll(s, "{{."+name+"}}", fmt.Sprint(value))
	}
	return s
}
