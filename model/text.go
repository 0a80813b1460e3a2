// Package model holds the words and the rules of the field: identifiers, accounts, uploads, devices,
// their states, the questions that pages ask and the errors that people read.
// It stands on the standard library only and every function in it is safe on any goroutine.
package model

import (
	"fmt"
	"strings"
	"time"
)

// Text is a sentence for people. Template is the English sentence with {{.Name}} places,
// which is also the key under which the desk finds its translation; Args fills the places.
type Text struct {
	Template string         `json:"template"`
	Args     map[string]any `json:"args,omitempty"`
}

// Moment is a time as a part of a sentence. The desk writes it as its user does: a Day without the hour.
type Moment struct {
	At  time.Time `json:"at"`
	Day bool      `json:"day,omitempty"`
}

// String is the local time as logs and tests have it.
func (m Moment) String() string {
	if m.Day {
		return m.At.Local().Format(time.DateOnly)
	}
	return m.At.Local().Format("2006-01-02 15:04")
}

// Say makes a Text of a template and pairs of place name and value: texts, numbers, Moments, and other Texts.
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
