package data

import (
	"encoding/json"
	"fmt"
	"strings"

	"consign/model"
)

// deviceText is a text that a device has beside its identifiers: a column of devices that never changes. To add one takes a migration
// and a line here: it is then written, sealed, read and ordered like the others.
type deviceText struct {
	column string
	by     string // the column of a Devices page by which devices are ordered
	brings func(*model.NewDevice) *string
	shows  func(*model.Device) *string
	later  bool // it came after the chain: while it is empty a seal is as it was without it
}

// deviceTexts are all of them, in the order in which they are sealed: a new one comes last.
var deviceTexts = [...]deviceText{
	{column: "model", by: model.ByModel, brings: func(d *model.NewDevice) *string { return &d.Model },
		shows: func(d *model.Device) *string { return &d.Model }},
	{column: "order_number", by: model.ByOrderNumber, brings: func(d *model.NewDevice) *string { return &d.OrderNumber },
		shows: func(d *model.Device) *string { return &d.OrderNumber }},
}

// textColumns are the columns of deviceTexts as a list in a statement.
var textColumns = func() string {
	var names []string
	for _, text := range deviceTexts {
		names = append(names, text.column)
	}
	return strings.Join(names, ", ")
}()

// textElements are their values in a statement that reads devices as JSON, where they follow the four identifiers.
var textElements = func() string {
	var values []string
	for i, text := range deviceTexts {
		value := fmt.Sprintf("value ->> %d", 4+i)
		if text.later {
			value = "coalesce(" + value + ", '')"
		}
		values = append(values, value)
	}
	return strings.Join(values, ", ")
}()

// quotedTexts are texts as JSON strings, of each of deviceTexts its own: models and order numbers repeat.
type quotedTexts [len(deviceTexts)]map[string][]byte

// of is a text as a JSON string.
func (q *quotedTexts) of(text int, s []byte) []byte {
	quoted, known := q[text][string(s)]
	if !known {
		quoted, _ = json.Marshal(string(s)) // any text has a JSON form
		if q[text] == nil || len(q[text]) >= rowsPerStatement {
			q[text] = map[string][]byte{}
		}
		q[text][string(s)] = quoted
	}
	return quoted
}

// appendTo appends the texts of a device to its JSON behind its identifiers, and ends it. Later ones are left out while none follows that
// is not empty, so that what was sealed before they came is sealed alike.
func (q *quotedTexts) appendTo(buf []byte, texts *[len(deviceTexts)][]byte) []byte {
	n := len(texts)
	for n > 0 && deviceTexts[n-1].later && len(texts[n-1]) == 0 {
		n--
	}
	for text := range n {
		buf = append(append(buf, q.of(text, texts[text])...), ',')
	}
	buf[len(buf)-1] = ']'
	return buf
}
