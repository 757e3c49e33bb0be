package redact

import "testing"

func TestCommandLines(t *testing.T) {
	f, keeps := cases(t)
	f(`vault operator unseal QRO1+BioZIIUgU/pCB, ssh-keygen -t rsa -N 'hunter' -f x, ConvertTo-SecureString "hunter$" -Force`, `vault operator unseal [redacted], ssh-keygen -t rsa -N [redacted] -f x, ConvertTo-SecureString [redacted] -Force`)
	f(`sqlplus app/"hun ter"@orders failed, http --auth app:hunter GET x, zip -P hunter a.zip`, `sqlplus app/[redacted]@orders failed, http --auth app:[redacted] GET x, zip -P [redacted] a.zip`)
	f(`run --password 'hun ter' --token "hun ter", smbclient -U 'x/bob%hunter'`, `run --password '[redacted]' --token "[redacted]", smbclient -U 'x/bob%[redacted]'`)
	f("sqlplus -s app/hunter@orders failed", "sqlplus -s app/[redacted]@orders failed")
	f("sqlldr userid=app/hunter@x control=a.ctl; expdp system/hunter@x", "sqlldr userid=app/[redacted]@x control=a.ctl; expdp system/[redacted]@x")
	f("rman target sys/hunter@prod", "rman target sys/[redacted]@prod")
	// The list of words that Python, Go and Node print.
	f(`Command '['mysqldump', '-u', 'root', '-phunter', 'x']' returned non-zero exit status 2.`, `Command '['mysqldump', '-u', 'root', '-p[redacted]', 'x']' returned non-zero exit status 2.`)
	f(`Command '['docker', 'login', '-u', 'a', '-p', 'hunter', 'reg']'`, `Command '['docker', 'login', '-u', 'a', '-p', [redacted], 'reg']'`)
	f(`["redis-cli","--cluster","create","x:6379","-a","hunter"]`, `["redis-cli","--cluster","create","x:6379","-a",[redacted]]`)
	f(`exec: [mysqldump -u root -phunter x]`, `exec: [mysqldump -u root -p[redacted] x]`)
	f(`spawnargs: [ 'login', '-u', 'a', '-p', 'hunter' ]`, `spawnargs: [ 'login', '-u', 'a', '-p', [redacted] ]`)
	f("docker login -u a -p 'hun ter' reg", "docker login -u a -p [redacted] reg")
	f("mongosh -u a -p hunter x; az login -u a -p hunter~x --tenant t", "mongosh -u a -p [redacted] x; az login -u a -p [redacted] --tenant t")
	f("curl -uapp:hunter https://x; curl -U app:hunter https://x; curl --proxy-user app:hunter https://x", "curl -uapp:[redacted] https://x; curl -U app:[redacted] https://x; curl --proxy-user app:[redacted] https://x")
	f("http -a app:hunter https://x; smbclient //h/s -U bob%hunter; lftp -u bob,hunter h", "http -a app:[redacted] https://x; smbclient //h/s -U bob%[redacted]; lftp -u bob,[redacted] h")
	f("redis-cli --pass hunter; bcp x out y -U sa -P hunter; snmpget -A hunter -X hunter2 h", "redis-cli --pass [redacted]; bcp x out y -U sa -P [redacted]; snmpget -A [redacted] -X [redacted] h")
	f("rabbitmqctl add_user bob hunter; htpasswd -b f bob hunter; vault login s.abc1", "rabbitmqctl add_user bob [redacted]; htpasswd -b f bob [redacted]; vault login [redacted]")
	f("aws configure set aws_secret_access_key abc", "aws configure set aws_secret_access_key [redacted]")
	f("kubectl create secret generic x --from-literal=DB=hunter", "kubectl create secret generic x --from-literal=DB=[redacted]")
	f(`echo "hunter" | docker login --password-stdin`, `echo [redacted] | docker login --password-stdin`)
	f("s3cmd --secret_key abc123 ls", "s3cmd --secret_key [redacted] ls")
	f("wget --password hunter x; curl --oauth2-bearer hunter x", "wget --password [redacted] x; curl --oauth2-bearer [redacted] x")

	f(`net use \\srv\x /user:ada hunter; net use z: \\srv\x hunter /user:ada`, `net use \\srv\x /user:ada [redacted]; net use z: \\srv\x [redacted] /user:ada`)

	f("influx ping -token 'abcDEF-123_ghi=='; x -password hunter2", "influx ping -token '[redacted]'; x -password [redacted]")
	f("ConvertTo-SecureString 'Hun ter!' -AsPlainText; ConvertTo-SecureString -String \"hunter\"", "ConvertTo-SecureString [redacted] -AsPlainText; ConvertTo-SecureString -String [redacted]")
	f("ConvertTo-SecureString hunter -AsPlainText -Force", "ConvertTo-SecureString [redacted] -AsPlainText -Force")

	f("aws ssm put-parameter --name x --value hunter --type SecureString", "aws ssm put-parameter --name x --value [redacted] --type SecureString")
	f("aws secretsmanager put-secret-value --secret-id x --secret-string hunter; x --db.password hunter", "aws secretsmanager put-secret-value --secret-id x --secret-string [redacted]; x --db.password [redacted]")
	keeps("flag -token is required; -password-file pw1; -token /run/secrets/token1; a pre-token of 7 days")
	keeps("ConvertTo-SecureString : Input string was not in a correct format; ConvertTo-SecureString $pw -AsPlainText; the 'ConvertTo-SecureString' command was found")
	keeps("sqlplus failed: ORA-01017: invalid username/password; logon denied")
	keeps("sqlplus / as sysdba; sqlplus /nolog; sqlplus @deploy.sql")
	keeps("vault --token /path/to/file, --password-file /run/secrets/db, --token-file=./token.txt")
	keeps("aws secretsmanager get-secret-value --secret prod/db; docker build --secret id=npmrc,src=/etc/npmrc")
	keeps("unknown flag: --token; flag --token is required; --password must be set")
	keeps("docker run -u app -p 8080:80 x; docker run -u app -p 127.0.0.1:8080:80 x; ssh -p 2222 -l bob h")
	keeps(`kubectl patch deploy x --user bob -p '{"spec":{"replicas":1}}'`)
	keeps("mysqld: Access denied -paranoid; mysql -P 3306 -u app")
	keeps("cmd -u https://h:8080/x -v")
	f("deploy -secret ab12cd -x", "deploy -secret [redacted] -x")
}
