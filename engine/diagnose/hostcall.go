package diagnose

import (
	"slices"
	"strings"
)

// Calls that the programs of a container instance make with its role, before or
// beside any task of ours.
const (
	callOfECSAgent       = "ecs_agent"
	callOfSystemsManager = "systems_manager"
	callOfTaskStart      = "task_start" // pulls of images, log streams of the awslogs driver
)

// hostCall tells which program of the host made a call with the role of its
// instance; "" when it may be an application's.
func (r *reading) hostCall() string {
	if r.holder.kind != roleInstance || isNodeRole(r.facts.RoleName) {
		return ""
	}
	prefix, name, _ := strings.Cut(r.action, ":")
	switch prefix {
	case "ecs":
		return given(slices.Contains(agentActions, name), callOfECSAgent)
	case "ssm":
		return given(slices.Contains(systemsManagerActions, name), callOfSystemsManager)
	case "ssmmessages", "ec2messages":
		return callOfSystemsManager
	case "ecr":
		return given(slices.Contains(pullActions, name), callOfTaskStart)
	case "logs":
		return given(name == "CreateLogStream" || name == "PutLogEvents" || name == "CreateLogGroup", callOfTaskStart)
	}
	return ""
}

// What AWS' managed policies AmazonEC2ContainerServiceforEC2Role and
// AmazonSSMManagedInstanceCore allow the two agents.
var (
	agentActions = []string{
		"DeregisterContainerInstance", "DiscoverPollEndpoint", "Poll", "PutSystemLogEvents", "RegisterContainerInstance", "StartTelemetrySession",
		"SubmitAttachmentStateChanges", "SubmitContainerStateChange", "SubmitTaskStateChange", "UpdateContainerInstancesState",
	}
	systemsManagerActions = []string{
		"DescribeAssociation", "DescribeDocument", "GetDeployablePatchSnapshotForInstance", "GetManifest", "ListAssociations",
		"ListInstanceAssociations", "PutComplianceItems", "PutConfigurePackageResult", "PutInventory",
		"UpdateAssociationStatus", "UpdateInstanceAssociationStatus", "UpdateInstanceInformation",
	}
	pullActions = []string{"GetAuthorizationToken", "BatchCheckLayerAvailability", "GetDownloadUrlForLayer", "BatchGetImage"}
)
