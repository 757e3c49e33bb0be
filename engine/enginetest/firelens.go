package enginetest

// FireLens returns the fields of a record as FireLens makes it from one line of
// a container, for Append. source is "stdout" or "stderr".
func FireLens(task, container, line, source string) []any {
	const account = "123456789012"
	id := containerID(task, container)
	return []any{
		"source", source,
		"log", line,
		"container_id", id,
		"container_name", "/ecs-shop-" + container + "-7-" + container + "-" + id[:20],
		"ec2_instance_id", "i-0a1b2c3d4e5f60718",
		"ecs_cluster", "production",
		"ecs_task_arn", "arn:aws:ecs:eu-central-1:" + account + ":task/production/" + task,
		"ecs_task_definition", "shop-" + container + ":7",
	}
}

// FireLensTag returns the tag that the records of a container carry.
func FireLensTag(task, container string) string { return container + "-firelens-" + task }

// containerID derives 64 hexadecimal digits from the names, so that the same
// container has the same id in every record.
func containerID(task, container string) string {
	const digits = "0123456789abcdef"
	id := make([]byte, 64)
	h := uint64(14695981039346656037) // FNV-1a
	for _, c := range []byte(task + "/" + container) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	for i := range id {
		h = h*6364136223846793005 + 1442695040888963407
		id[i] = digits[h>>60]
	}
	return string(id)
}
