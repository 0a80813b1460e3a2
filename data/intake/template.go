package intake

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"consign/model"
)

// Settings keeps texts by name: those of the register.
type Settings interface {
	Value(ctx context.Context, name string) (string, error)
	Set(ctx context.Context, name, value string) error
}

// Constants are what the lists of a distributor do not say of their devices.
type Constants struct {
	Model       string `json:"model,omitempty"`
	OrderNumber string `json:"order_number,omitempty"`
	Tags        string `json:"tags,omitempty"`
}

// way is how lists of one make are read.
type way struct {
	Shape   Shape     `json:"shape"`
	Columns []Meaning `json:"columns"`
}

// Template is a named way to read the lists of a distributor.
type Template struct {
	Name        string `json:"name"`
	Fingerprint string `json:"fingerprint"` // of the layouts that it fits
	way
	Constants Constants `json:"constants"`
}

const templatesSetting = "templates"

// layoutSetting is the setting under which the corrections of a make of lists are remembered.
func layoutSetting(l Layout) string { return "layout/" + l.Fingerprint() }

// Remember keeps how the layout was corrected, with its shape, for lists of this make.
func Remember(ctx context.Context, s Settings, l Layout) error {
	text, err := json.Marshal(way{l.Shape, l.Columns})
	if err != nil {
		return model.Fail(model.Internal, "The columns cannot be kept.").Because(err)
	}
	return s.Set(ctx, layoutSetting(l), string(text))
}

// Recall is Recognise, and takes over what was corrected last for lists of this make. corrected tells that there was something.
func Recall(ctx context.Context, s Settings, sample Sample) (l Layout, corrected bool, err error) {
	l = Recognise(sample)
	text, err := s.Value(ctx, layoutSetting(l))
	if err != nil || text == "" {
		return l, false, err
	}
	var kept way
	// versions before kept the columns only
	if json.Unmarshal([]byte(text), &kept.Columns) != nil && json.Unmarshal([]byte(text), &kept) != nil {
		return l, false, nil
	}
	if l.Apart() && l.Header == 0 { // any list of one column: what was said of one says of another what its column is, and nothing more
		if kept.Shape != Table || len(kept.Columns) != 1 {
			return l, false, nil
		}
		doubt := l.doubt
		l = l.Corrected(kept.Columns)
		l.doubt = doubt
		return l, true, nil
	}
	return kept.apply(sample, l)
}

// apply reads a sample this way. It is false when the columns are not as many.
func (w way) apply(sample Sample, l Layout) (Layout, bool, error) {
	if w.Shape != l.Shape {
		l = RecogniseAs(sample, w.Shape)
	}
	if len(w.Columns) != len(l.Columns) {
		return l, false, nil
	}
	return l.Corrected(w.Columns).Settled(), true, nil
}

// Templates lists the templates by name.
func Templates(ctx context.Context, s Settings) ([]Template, error) {
	text, err := s.Value(ctx, templatesSetting)
	if err != nil || text == "" {
		return nil, err
	}
	return ReadTemplates([]byte(text))
}

// ReadTemplates reads templates that were exported. Errors: Damaged.
func ReadTemplates(text []byte) (list []Template, err error) {
	if err := json.Unmarshal(text, &list); err != nil {
		return nil, model.Fail(model.Damaged, "These are no templates for lists.").Because(err)
	}
	return list, nil
}

// WriteTemplates makes a text of templates, to be kept or given to another office.
func WriteTemplates(list []Template) ([]byte, error) {
	slices.SortFunc(list, func(a, b Template) int { return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return json.MarshalIndent(list, "", "  ")
}

// NewTemplate makes a template of a layout as it stands.
func NewTemplate(name string, l Layout, c Constants) Template {
	return Template{Name: strings.TrimSpace(name), Fingerprint: l.Fingerprint(), way: way{l.Shape, slices.Clone(l.Columns)}, Constants: c}
}

// SaveTemplate keeps a template, in place of one with the same name. Errors: Invalid without a name.
func SaveTemplate(ctx context.Context, s Settings, t Template) error {
	if t.Name == "" {
		return model.Fail(model.Invalid, "Give the template a name.")
	}
	return changeTemplates(ctx, s, func(list []Template) ([]Template, error) { return append(without(list, t.Name), t), nil })
}

// RenameTemplate gives a template another name. Errors: Invalid without a name, NotFound, Exists.
func RenameTemplate(ctx context.Context, s Settings, from, to string) error {
	to = strings.TrimSpace(to)
	return changeTemplates(ctx, s, func(list []Template) ([]Template, error) {
		at := slices.IndexFunc(list, func(t Template) bool { return t.Name == from })
		switch {
		case to == "":
			return nil, model.Fail(model.Invalid, "Give the template a name.")
		case at < 0:
			return nil, model.Fail(model.NotFound, "There is no template {{.Name}}.", "Name", from)
		case from != to && len(without(list, to)) < len(list):
			return nil, model.Fail(model.Exists, "There is a template {{.Name}} already.", "Name", to)
		}
		list[at].Name = to
		return list, nil
	})
}

// DeleteTemplate forgets a template.
func DeleteTemplate(ctx context.Context, s Settings, name string) error {
	return changeTemplates(ctx, s, func(list []Template) ([]Template, error) { return without(list, name), nil })
}

func without(list []Template, name string) []Template {
	return slices.DeleteFunc(slices.Clone(list), func(t Template) bool { return t.Name == name })
}

func changeTemplates(ctx context.Context, s Settings, change func([]Template) ([]Template, error)) error {
	list, err := Templates(ctx, s)
	if err != nil {
		return err
	}
	if list, err = change(list); err != nil {
		return err
	}
	text, err := WriteTemplates(list)
	if err != nil {
		return model.Fail(model.Internal, "The templates cannot be kept.").Because(err)
	}
	return s.Set(ctx, templatesSetting, string(text))
}

// Fits reports whether the template was made for lists of this make.
func (t Template) Fits(l Layout) bool { return t.Fingerprint == l.Fingerprint() }

// Apply reads a sample by the template. ok is false when it has other columns.
func (t Template) Apply(sample Sample) (l Layout, ok bool) {
	l, ok, _ = t.apply(sample, Recognise(sample))
	return l, ok
}
