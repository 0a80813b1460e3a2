package page

import (
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"consign/model"
)

// Words is a sentence of the model or the register in the user's language, its numbers grouped and its times as the user writes them.
// Safe on any goroutine.
func Words(t model.Text) string {
	if t.Template == "" {
		return ""
	}
	args := make(map[string]any, len(t.Args))
	for name, value := range t.Args {
		args[name] = word(value)
	}
	return lang.L(t.Template, args)
}

// word is a part of a sentence, which may have come through JSON.
func word(value any) any {
	switch v := value.(type) {
	case int:
		return Number(v)
	case float64:
		return Number(int(v))
	case model.Text:
		return Words(v)
	case model.Moment:
		if v.Day {
			return Date(v.At)
		}
		return DateTime(v.At)
	case map[string]any:
		if at, is := v["at"].(string); is {
			day, _ := v["day"].(bool)
			moment, _ := time.Parse(time.RFC3339, at)
			return word(model.Moment{At: moment, Day: day})
		}
		template, _ := v["template"].(string)
		args, _ := v["args"].(map[string]any)
		return Words(model.Text{Template: template, Args: args})
	}
	return value
}

// ErrorText is what a person reads of an error. Safe on any goroutine.
func ErrorText(err error) string {
	if e, ok := errors.AsType[*model.Error](err); ok {
		return Words(e.Text)
	}
	return lang.L("Something went wrong. The log says more.")
}

// ShortID is a long ID with its middle left out: with its beginning and its end it can be told apart from others.
func ShortID(id string) string {
	const head, tail = 4, 6
	if letters := []rune(id); len(letters) > head+tail+1 {
		return string(letters[:head]) + "…" + string(letters[len(letters)-tail:])
	}
	return id
}
