package page

import (
	"fmt"

	"errors"

	"fyne.io/fyne/v2/lang"

	"consign/model"
)

// Words is a sentence of the model or the register in the user's language, its numbers grouped. Safe on any goroutine.
func Words(t model.Text) string {
	if t.Template == "" {
		return ""
	}
	args := make(map[string]any, len(t.Args))
	for name, value := range t.Args {
		switch v := value.(type) {
		case int:
			args[name] = Number(v)
		case float64: // numbers that came through JSON
			args[name] = Number(int(v))
		case model.Text:
			args[name] = Words(v)
		case map[string]any: // a Text that came through JSON
			args[name] = lang.L(fmt.Sprint(v["template"]))
		default:
			args[name] = value
		}
	}
	return lang.L(t.Template, args)
}

// ErrorText is what a person reads of an error. Safe on any goroutine.
func ErrorText(err error) string {
	if e, ok := errors.AsType[*model.Error](err); ok {
		return Words(e.Text)
	}
	return lang.L("Something went wrong. The log says more.")
}
