package data

import (
	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// connections is more than how many read a register at the same time.
const connections = 8

// connect opens a register file behind the register's back.
func connect(path string) (*gorm.DB, error) {
	return gorm.Open(sqlite.Open(path), &gorm.Config{Logger: logger.Discard})
}
