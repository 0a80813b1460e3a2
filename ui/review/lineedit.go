package review

import (
	"context"
	"slices"

	"consign/data/intake"
)

// edit is what a person does to lines of a list.
type edit string

const (
	correct    edit = "correct" // a cell of one line
	leaveOut   edit = "leave out"
	takeIn     edit = "take in" // what was left out
	confirm    edit = "confirm" // a warning
	confirmAll edit = "confirm all"
)

// lineEdit is one thing that a person did to lines of a list.
type lineEdit struct {
	Did    edit  `json:"did"`
	Lines  []int `json:"lines,omitempty"` // indexes
	Column int   `json:"column,omitempty"`
	// Meaning names the column instead, also one that the list does not have by itself.
	Meaning *intake.Meaning `json:"meaning,omitempty"`
	Text    string          `json:"text,omitempty"` // of the cell
}

// apply does to a review what the edit says, wholly or, when it is stopped, not at all. It may ask the register and take long: it belongs
// off Fyne's goroutine when it is about many lines. progress may be nil.
func (e lineEdit) apply(ctx context.Context, r *intake.Review, progress func(done, total int)) error {
	there := slices.DeleteFunc(slices.Clone(e.Lines), func(i int) bool { return i < 0 || i >= r.Len() }) // the file may be shorter than it was
	switch e.Did {
	case confirmAll:
		r.ConfirmAll()
		return nil
	case leaveOut, takeIn:
		r.LeaveOutAll(there, e.Did == leaveOut)
		return nil
	}
	if e.Did == correct {
		column := e.Column
		if e.Meaning != nil {
			column = r.ColumnOf(*e.Meaning, -1)
		}
		if column < 0 {
			return nil
		}
		return r.SetAll(ctx, there, column, e.Text, progress)
	}
	for _, line := range there {
		r.Confirm(line, true)
	}
	return nil
}
