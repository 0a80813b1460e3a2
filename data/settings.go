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

// Value reads a setting; one that was never set has its default, "" if it has none. Safe on any goroutine.
func (d Settings) Value(ctx context.Context, name string) (string, error) {
	value, err := settingOf(d.desk.read.WithContext(ctx), name)
	return value, d.desk.told(err)
}

func settingOf(db *gorm.DB, name string) (string, error) {
	kept, err := rowOf[setting](db.Where(&setting{Name: name}), "")
	if model.CodeOf(err) == model.NotFound {
		return settingDefaults[name], nil
	}
	return kept.Value, err
}

// Set keeps a setting. It is no act: it leaves no activity and is not undone. Safe on any goroutine.
func (d Settings) Set(ctx context.Context, name, value string) error {
	if name == MovedApproveAtOnce && value != "true" && value != "false" {
		return model.Fail(model.Invalid, "This setting is either on or off.")
	}
	if name == PortalDateFormat && value != "YYYYDDMM" && value != "YYYYMMDD" {
		return model.Fail(model.Invalid, "The date format is YYYYDDMM or YYYYMMDD.")
	}
	if err := d.desk.mayWrite(); err != nil {
		return err
	}
	if _, has := settingDefaults[name]; has {
		if err := d.desk.Role().MaySet(); err != nil {
			return err
		}
	}
	err := d.desk.write.WithContext(ctx).Save(&setting{Name: name, Value: value}).Error
	if err != nil {
		return d.desk.told(err)
	}
	d.desk.listeners.Tell(SettingsChanged)
	return nil
}
