// Package literal finds many literals in bytes, fast, without regard to ASCII case.
package literal
