package data

import (
	"context"
	"encoding/json"

	"consign/model"
)

// aliasesSetting is the setting in which the aliases are kept, as JSON.
const aliasesSetting = "aliases"

// Aliases are the sold-to-codes and profiles that an upload offers to choose from. Safe on any goroutine.
func (d Settings) Aliases(ctx context.Context) (a model.Aliases, err error) {
	text, err := d.Value(ctx, aliasesSetting)
	if err != nil || text == "" {
		return a, err
	}
	if json.Unmarshal([]byte(text), &a) != nil {
		err = d.desk.note(damagedf("the aliases are %q", text))
	}
	return a, err
}

// SetAliases keeps them. It is no act. Errors: Invalid for a code or an alias that breaks a rule. Safe on any goroutine.
func (d Settings) SetAliases(ctx context.Context, a model.Aliases) error {
	if err := a.Check(); err != nil {
		return err
	}
	text, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return d.Set(ctx, aliasesSetting, string(text))
}
