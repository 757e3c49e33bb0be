package redact

import "testing"

func TestSheets(t *testing.T) {
	becomes, stays := cases(t)
	becomes("user,password,host\nada,s3cret,db\nbob,hunter,db", "user,password,host\nada,[redacted],db\nbob,[redacted],db")
	becomes("ERROR import of users failed: user,api_key\nada,abc1", "ERROR import of users failed: user,api_key\nada,[redacted]")
	becomes(`{"level":"error","msg":"bad row in user,password`+"\n"+`ada,s3cret"}`, `{"level":"error","msg":"bad row in user,password`+"\n"+`ada,[redacted]`)
	becomes("user;password\r\nada;s3cret\r\n", "user;password\r\nada;[redacted]\r\n")
	becomes("user\tsecret\nada\thunter", "user\tsecret\nada\t[redacted]")
	becomes("name   password   host\nada    hunter     db\nno more of it, password hunter", "name   password   host\nada    [redacted]     db\nno more of it, password hunter")
	stays("user,host\nada,db")
	stays("user,password\nnothing of it")
	stays("user,password\nada,[redacted]")
	stays("wrong user, password or host\nada, s3cret")
	stays("the user,\npassword and token")
}
