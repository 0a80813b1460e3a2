package uitest

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// buttonIn is the widget.Button that an object is or embeds.
func buttonIn(o any) (*widget.Button, bool) {
	b, ok := embedded(o, reflect.TypeFor[widget.Button]()).(*widget.Button)
	return b, ok
}

// LabelIn is the widget.Label that an object is or embeds.
func LabelIn(o any) (*widget.Label, bool) {
	l, ok := embedded(o, reflect.TypeFor[widget.Label]()).(*widget.Label)
	return l, ok
}

// entryIn is the widget.Entry that an object is or embeds.
func entryIn(o fyne.CanvasObject) (*widget.Entry, bool) {
	e, ok := embedded(o, reflect.TypeFor[widget.Entry]()).(*widget.Entry)
	return e, ok
}

// embedded is a pointer to the value of type want that o points to, itself or through embedding; nil if there is none.
func embedded(o any, want reflect.Type) any {
	v := reflect.ValueOf(o)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return nil
	}
	v = v.Elem()
	for v.IsValid() && v.Kind() == reflect.Struct {
		if v.Type() == want {
			return v.Addr().Interface()
		}
		next := reflect.Value{}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.Anonymous && f.IsExported() && f.Type.Kind() == reflect.Struct && (f.Type == want || holds(f.Type, want)) {
				next = v.Field(i)
			}
		}
		v = next
	}
	return nil
}

func holds(t, want reflect.Type) bool {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct && (f.Type == want || holds(f.Type, want)) {
			return true
		}
	}
	return false
}
