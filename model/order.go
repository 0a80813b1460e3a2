package model

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Order is what a customer or an MSP ordered of a reseller: how many of each model, delivered over several uploads that carry its number.
type Order struct {
	ID         int64
	ResellerID int64
	TargetID   int64 // account of the customer or MSP
	Target     string
	TargetKnox string
	Number     string
	Day        time.Time // zero if none
	Note       string
	Lines      []OrderLine
	Closed     bool // what is open will not come
	CreatedAt  time.Time
	Uploads    int // that delivered of it
}

// OrderLine is how many devices of a model an order expects, and how many of them have come.
type OrderLine struct {
	Model     string // empty: of any model
	Expected  int
	Delivered int
}

// Open is how many of the line have not come yet.
func (l OrderLine) Open() int { return max(0, l.Expected-l.Delivered) }

// OrderState is the STATE of an order.
type OrderState string

// The states of an order.
const (
	OpenOrder      OrderState = "open"
	DeliveredOrder OrderState = "delivered"
	ClosedOrder    OrderState = "closed"
)

// OrderStates lists them in their order on screen.
var OrderStates = []OrderState{OpenOrder, DeliveredOrder, ClosedOrder}

// String is the word for the state.
func (s OrderState) String() string {
	switch s {
	case DeliveredOrder:
		return "Delivered"
	case ClosedOrder:
		return "Closed"
	}
	return "Still open"
}

// State tells whether something is still to come.
func (o Order) State() OrderState {
	switch {
	case o.Open() == 0:
		return DeliveredOrder
	case o.Closed:
		return ClosedOrder
	}
	return OpenOrder
}

// CanClose is nil if the order may be closed, else Refused.
func (o Order) CanClose() error {
	if o.Closed {
		return Fail(Refused, "The order is closed already.")
	}
	return nil
}

// CanReopen is nil if the order may be opened again, else Refused.
func (o Order) CanReopen() error {
	if !o.Closed {
		return Fail(Refused, "The order is not closed.")
	}
	return nil
}

// Expected is how many devices the order is for.
func (o Order) Expected() (n int) {
	for _, l := range o.Lines {
		n += l.Expected
	}
	return n
}

// Delivered is how many devices have come, also more than expected.
func (o Order) Delivered() (n int) {
	for _, l := range o.Lines {
		n += l.Delivered
	}
	return n
}

// Open is how many devices have not come yet.
func (o Order) Open() (n int) {
	for _, l := range o.Lines {
		n += l.Open()
	}
	return n
}

// Deliver gives the lines what has come of each model: what is of no line goes to the one for any model, or to none.
func (o *Order) Deliver(models map[string]int) {
	rest := 0
	for name, n := range models {
		i := slices.IndexFunc(o.Lines, func(l OrderLine) bool { return l.Model != "" && strings.EqualFold(l.Model, name) })
		if i < 0 {
			rest += n
			continue
		}
		o.Lines[i].Delivered += n
	}
	if i := slices.IndexFunc(o.Lines, func(l OrderLine) bool { return l.Model == "" }); i >= 0 {
		o.Lines[i].Delivered += rest
	}
}

// most expected of a line: an order of more is a slip.
const mostExpected = 10_000_000

// Check normalises an order and is an Invalid error for the first field that breaks a rule.
func (o *Order) Check() error {
	o.Number, o.Note = strings.TrimSpace(o.Number), PlainText(o.Note)
	switch err := CheckOrderNumber(o.Number); {
	case o.Number == "":
		return Fail(Invalid, "Enter the order number.")
	case err != nil:
		return err
	case o.TargetID == 0:
		return Fail(Invalid, "Choose the customer or MSP.")
	case len(o.Lines) == 0:
		return Fail(Invalid, "Enter how many devices are expected.")
	}
	seen := map[string]bool{}
	for i := range o.Lines {
		l := &o.Lines[i]
		l.Model = PlainText(l.Model)
		key := strings.ToUpper(l.Model)
		switch {
		case l.Expected < 1 || l.Expected > mostExpected:
			return Fail(Invalid, "Enter how many devices are expected.")
		case seen[key]:
			return Fail(Invalid, "The model {{.Model}} is in the order twice.", "Model", l.Model)
		case utf8.RuneCountInString(l.Model) > LongestOrderNum:
			return Fail(Invalid, "The model is too long.")
		}
		seen[key] = true
	}
	return nil
}

// ReadOrderLines reads what an order expects as people write it, a line for each model: "SM-A556B 20", "20 x SM-A556B", or a count alone
// for devices of any model. Errors: Invalid for the first line without a count.
func ReadOrderLines(text string) (lines []OrderLine, err error) {
	for line := range strings.Lines(text) {
		words := strings.FieldsFunc(line, func(r rune) bool { return r <= ' ' || r == '\u00a0' || r == ';' || r == ',' || r == '×' || r == ':' })
		words = slices.DeleteFunc(words, func(w string) bool { return strings.EqualFold(w, "x") })
		if len(words) == 0 {
			continue
		}
		last := len(words) - 1
		count, at := 0, -1
		for _, i := range []int{last, 0} {
			if n, err := strconv.Atoi(words[i]); err == nil {
				count, at = n, i
				break
			}
		}
		if at < 0 {
			return nil, Fail(Invalid, "“{{.Line}}” says no count: write a model and how many, such as SM-A556B 20.", "Line", strings.TrimSpace(line))
		}
		lines = append(lines, OrderLine{Model: strings.Join(slices.Delete(words, at, at+1), " "), Expected: count})
	}
	return lines, nil
}

// OrderLinesText is what ReadOrderLines reads.
func OrderLinesText(lines []OrderLine) string {
	var b strings.Builder
	for _, l := range lines {
		if l.Model != "" {
			b.WriteString(l.Model + " ")
		}
		b.WriteString(strconv.Itoa(l.Expected) + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}
