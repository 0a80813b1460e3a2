package sheet

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"consign/model"
)

// deepestRecord is how deep the objects of a file may stand in each other.
const deepestRecord = 100

// node is an object or a value of JSON or XML.
type node struct {
	name string
	text string // of a value
	leaf bool
	item bool // of an array, or an element that comes again
	kids []*node
}

// openRecords reads JSON, lines of JSON and XML as a table: a row for each object that has a device's identifier, a column for each
// name in it, and what stands once around the objects on each row. It is nil for any other text.
func openRecords(from origin, head []byte) content {
	start := bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n")
	if len(start) == 0 || start[0] != '{' && start[0] != '[' && start[0] != '<' {
		return nil
	}
	text, err := from.readAll(maxInMemory)
	if err != nil {
		return nil
	}
	root := &node{}
	if start[0] == '<' {
		err = root.readXML(newXML(bytes.NewReader(text)), 0)
	} else {
		d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, utf8BOM)))
		d.UseNumber()
		for err == nil {
			err = root.readJSON(d, "", true, 0)
		}
	}
	if err != io.EOF || !root.identifies() {
		return nil
	}
	r := records{columns: map[string]int{}, left: maxCells}
	if r.take(root, nil); r.left < 0 {
		return nil
	}
	r.oneDevice()
	tables := newMemoryTables()
	t := tables.begin(Sheet{})
	rows := r.rows
	if strings.Join(r.titles, "") != "" {
		rows = append([][]string{r.titles}, rows...)
	}
	for i, row := range rows {
		if tables.add(t, Row{Line: i + 1, Cells: row}) != nil {
			return nil
		}
	}
	return tables
}

var errNesting = errors.New("too deep")

// readJSON adds the next value as a kid.
func (n *node) readJSON(d *json.Decoder, name string, item bool, depth int) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	if depth > deepestRecord {
		return errNesting
	}
	kid := &node{name: name, item: item}
	switch t := token.(type) {
	case json.Delim:
		if t == '[' { // its elements are kids of the same name
			for d.More() {
				if err := n.readJSON(d, name, true, depth+1); err != nil {
					return ended(err)
				}
			}
			_, err = d.Token()
			return ended(err)
		}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return ended(err)
			}
			if err := kid.readMember(d, key.(string), depth+1); err != nil {
				return ended(err)
			}
		}
		if _, err = d.Token(); err != nil {
			return ended(err)
		}
	case nil:
		kid.leaf = true
	case bool:
		kid.leaf, kid.text = true, strconv.FormatBool(t)
	case json.Number:
		kid.leaf, kid.text = true, t.String()
	case string:
		kid.leaf, kid.text = true, t
	}
	n.kids = append(n.kids, kid)
	return nil
}

// readMember reads a member of an object. A name that is a device's identifier makes an object of it.
func (n *node) readMember(d *json.Decoder, key string, depth int) error {
	if !isIdentifier(key) {
		return n.readJSON(d, key, false, depth)
	}
	device := &node{item: true, kids: []*node{{name: "Identifier", text: key, leaf: true}}}
	n.kids = append(n.kids, device)
	return device.readJSON(d, "", false, depth)
}

// ended makes the end of a file within an object a fault.
func ended(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// readXML adds what follows up to the end of the element, or of the file.
func (n *node) readXML(d *xml.Decoder, depth int) error {
	if depth > deepestRecord {
		return errNesting
	}
	before := map[string]*node{}
	for {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			kid := &node{name: t.Name.Local}
			for _, a := range t.Attr {
				kid.kids = append(kid.kids, &node{name: a.Name.Local, text: a.Value, leaf: true})
			}
			if err := kid.readXML(d, depth+1); err != nil {
				return err
			}
			switch {
			case len(kid.kids) == 0:
				kid.leaf = true
			case len(kid.kids) == 1 && kid.kids[0].leaf && kid.kids[0].name == "":
				kid.text, kid.leaf, kid.kids = kid.kids[0].text, true, nil
			}
			if other := before[kid.name]; other != nil {
				other.item, kid.item = true, true
			}
			before[kid.name] = kid
			n.kids = append(n.kids, kid)
		case xml.EndElement:
			return nil
		case xml.CharData:
			n.say(t)
		case xml.Comment:
			n.say(t)
		}
	}
}

func (n *node) say(text []byte) {
	if text = bytes.TrimSpace(text); len(text) > 0 {
		n.kids = append(n.kids, &node{text: string(text), leaf: true})
	}
}

func isIdentifier(text string) bool {
	if len(text) < 11 || len(text) > 40 {
		return false
	}
	r := model.ReadIdentifier(text, model.AnyIdentifier)
	serial := r.Kind == model.SerialNumber && r.Value[0] == 'R' && len(r.Value) == 11
	return r.Verdict <= model.Fixed && (r.Kind == model.IMEI || r.Kind == model.MEID || serial)
}

func (n *node) identifies() bool {
	if n.leaf {
		return isIdentifier(n.text)
	}
	for _, kid := range n.kids {
		if kid.identifies() {
			return true
		}
	}
	return false
}

// records are the rows that are made of nodes.
type records struct {
	titles  []string
	columns map[string]int
	rows    [][]string
	left    int // cells
}

// value is a cell of a record.
type value struct{ title, text string }

// take makes rows of an object: one when it has an identifier of its own or nothing below, else those of the objects in it.
func (r *records) take(n *node, around []value) {
	var o own
	o.add(n, "")
	identified := false
	for _, v := range o.values {
		identified = identified || isIdentifier(v.text)
	}
	if identified || len(o.lists) == 0 {
		r.add(append(append([]value(nil), around...), o.values...))
		around = nil
	} else {
		around = append(append([]value(nil), around...), o.values...)
	}
	for _, kid := range o.lists {
		if kid.leaf {
			r.add(append(append([]value(nil), around...), value{kid.name, kid.text}))
			continue
		}
		r.take(kid, around)
	}
}

// own is what belongs to one object, and the lists in it.
type own struct {
	values []value
	lists  []*node
}

// add collects what stands below a node. Of an array only the two IMEIs of a device are its own, and what is no identifier.
func (o *own) add(n *node, path string) {
	count, seen := map[string]int{}, map[string]int{}
	for _, kid := range n.kids {
		count[kid.name]++
	}
	for _, kid := range n.kids {
		title := strings.TrimSpace(path + " " + kid.name)
		if kid.item && kid.identifies() {
			if count[kid.name] > 2 || !ofOneDevice(kid.name) {
				o.lists = append(o.lists, kid)
				continue
			}
		}
		if seen[kid.name]++; seen[kid.name] > 1 {
			title += " " + strconv.Itoa(seen[kid.name])
		}
		if kid.leaf {
			o.values = append(o.values, value{title, kid.text})
			continue
		}
		o.add(kid, title)
	}
}

// ofOneDevice reports the name of an array that has the two IMEIs of a device.
func ofOneDevice(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "imei") || strings.Contains(name, "sim") || strings.Contains(name, "slot")
}

func (r *records) add(values []value) {
	if r.left -= rowCells + len(r.titles) + len(values); r.left < 0 {
		return
	}
	row := make([]string, len(r.titles))
	for _, v := range values {
		at, known := r.columns[v.title]
		if !known {
			at = len(r.titles)
			r.columns[v.title] = at
			r.titles = append(r.titles, v.title)
		}
		for len(row) <= at {
			row = append(row, "")
		}
		if row[at] != "" && v.text != "" {
			v.text = row[at] + ", " + v.text
		}
		row[at] = v.text
	}
	r.rows = append(r.rows, row)
}

// oneDevice brings the IMEIs of all records to two columns where the records name them differently: some "imei" and "imei2", others an
// array. Columns of an exchange stay, and all of them when a record has more than two.
func (r *records) oneDevice() {
	var named, second []int
	for i, title := range r.titles {
		name := strings.ToLower(title)
		switch {
		case !strings.Contains(name, "imei") || exchanged.MatchString(name):
		case strings.ContainsAny(name, "2") || strings.Contains(name, "second"):
			second = append(second, i)
		default:
			named = append(named, i)
		}
	}
	if named = append(named, second...); len(named) < 3 {
		return
	}
	imeis := make([][2]string, len(r.rows))
	for k, row := range r.rows {
		n := 0
		for _, i := range named {
			if i >= len(row) || row[i] == "" || n > 0 && row[i] == imeis[k][0] || n > 1 && row[i] == imeis[k][1] {
				continue
			}
			if n == 2 || !isIdentifier(row[i]) {
				return
			}
			imeis[k][n] = row[i]
			n++
		}
	}
	slices.Sort(named)
	for k, row := range r.rows {
		for n, i := range named {
			if i < len(row) {
				row[i] = ""
			}
			if n < 2 && imeis[k][n] != "" {
				for len(row) <= i {
					row = append(row, "")
				}
				row[i] = imeis[k][n]
			}
		}
		r.rows[k] = row
	}
	r.titles[named[0]], r.titles[named[1]] = "IMEI", "IMEI 2"
	for _, i := range slices.Backward(named[2:]) {
		r.titles = slices.Delete(r.titles, i, i+1)
		for k, row := range r.rows {
			if i < len(row) {
				r.rows[k] = slices.Delete(row, i, i+1)
			}
		}
	}
}

// exchanged are the names of the devices of an exchange.
var exchanged = regexp.MustCompile(`old|new|previous|replace|return|swap|alt|neu`)
