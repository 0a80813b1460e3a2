package data

import (
	"context"

	"gorm.io/gorm"

	"consign/model"
)

// The settings that belong to the register and not to a desk.
const (
	// MovedApproveAtOnce: "true" while moved uploads need no approval with Knox Mobile Enrollment and Knox Configure (domain §4).
	MovedApproveAtOnce = "moved.approve.at.once"
	// PortalDateFormat: "YYYYDDMM" as documented, or "YYYYMMDD" (domain §7).
	PortalDateFormat = "portal.date.format"
)

var settingDefaults = map[string]string{MovedApproveAtOnce: "true", PortalDateFormat: "YYYYDDMM"}

// Setting reads a setting; one that was never set has its default, "" if it has none. Safe on any goroutine.
func (r *Register) Setting(ctx context.Context, name string) (string, error) {
	value, err := settingOf(r.read.WithContext(ctx), name)
	return value, r.told(err)
}

func settingOf(db *gorm.DB, name string) (string, error) {
	var values []string
	err := db.Raw("SELECT value FROM settings WHERE name = ?", name).Scan(&values).Error
	if err != nil || len(values) == 0 {
		return settingDefaults[name], err
	}
	return values[0], nil
}

// SetSetting keeps a setting. It is no act: it leaves no activity and is not undone. Safe on any goroutine.
func (r *Register) SetSetting(ctx context.Context, name, value string) error {
	if name == MovedApproveAtOnce && value != "true" && value != "false" {
		return model.Fail(model.Invalid, "This setting is either on or off.")
	}
	if name == PortalDateFormat && value != "YYYYDDMM" && value != "YYYYMMDD" {
		return model.Fail(model.Invalid, "The date format is YYYYDDMM or YYYYMMDD.")
	}
	if err := r.mayWrite(); err != nil {
		return err
	}
	err := r.write.WithContext(ctx).Exec(
		"INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value).Error
	if err != nil {
		return r.told(err)
	}
	r.listeners.tell(SettingsChanged)
	return nil
}
