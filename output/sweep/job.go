package sweep

import (
	"fmt"
	"io"
	"strings"
	"text/template"

	"splinternet/output"
	"splinternet/scenarios"
)

// Schedulers are those for which WriteJob writes something to read and edit.
var Schedulers = []string{"slurm", "kubernetes"}

// usualArray is the number of tasks that many sites allow in an array: SLURM's own
// default of MaxArraySize is 1001.
const usualArray = 1000

// The script submits itself, so that one file holds the array and what follows it. A
// task that was stopped by its time limit has saved its runs and ends with status 75;
// exec hands the signal on to the program.
var slurmScript = template.Must(template.New("slurm").Parse(`#!/bin/sh
#SBATCH --job-name=splinternet
#SBATCH --array=0-{{.Last}}
#SBATCH --cpus-per-task=1
#SBATCH --time=01:00:00
#SBATCH --mem=1G
#SBATCH --signal=B:TERM@60
#SBATCH --output={{.LogPath}}
# Your site may want more, such as:
##SBATCH --partition=...
##SBATCH --account=...
#
# A sweep of {{.Points}} of {{.Runs}} each in {{.Shards}} shards; the plan is in
# {{.Dir}}, on a file system that all nodes share.
#
#   sh FILE                 submits the array, and the merge that follows it
#   sbatch --array=3 FILE   submits shard 3 again; a shard goes on where it stopped
#
# A task that comes near its time limit saves its runs and ends with status 75: submit
# it again, or raise --time. The merge runs when all tasks have ended, however they did,
# and says which shards to submit again if runs are missing.
{{- if .TooMany}}
#
# Many sites allow no more than {{.Usual}} tasks in an array (MaxArraySize in the answer of
# "scontrol show config"): make the plan with fewer shards if sbatch refuses this one.
{{- end}}
set -eu
if [ -z "${SLURM_ARRAY_TASK_ID:-}" ]; then
	array=$(sbatch --parsable "$0")
	array=${array%%;*}
	merge=$(sbatch --parsable --dependency="afterany:$array" --job-name=splinternet-merge --time=00:30:00 \
		--output={{.MergeLog}} --wrap={{.Merge}})
	echo "array job $array, merge job ${merge%%;*}"
	exit
fi
exec {{.Program}} sweep --plan {{.Quoted}} --shards {{.Shards}} --workers "${SLURM_CPUS_PER_TASK:-1}" --quiet
`))

var kubernetesJob = template.Must(template.New("kubernetes").Parse(`# A sweep of {{.Points}} of {{.Runs}} each in {{.Shards}} shards, as an Indexed Job. The
# volume must hold the folder {{.Dir}} with its plan, and be writable by all pods at
# once (ReadWriteMany). A pod is told its shard by JOB_COMPLETION_INDEX; one that is
# evicted saves its runs, and the next goes on where it stopped. Afterwards, where the
# volume is mounted:
#
#   splinternet merge {{.Quoted}}
apiVersion: batch/v1
kind: Job
metadata:
  name: splinternet-sweep
spec:
  completionMode: Indexed
  completions: {{.Shards}}
  parallelism: {{.Parallel}}
  backoffLimitPerIndex: 10
  maxFailedIndexes: {{.Shards}}
  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 60
      containers:
        - name: splinternet
          image: IMAGE  # one that holds the program
          command: ["splinternet"]
          args: ["sweep", "--plan", {{.YAML}}, "--shards", "{{.Shards}}", "--workers", "1"]
          workingDir: /work
          resources:
            requests: {cpu: "1", memory: 512Mi}
            limits: {memory: 1Gi}
          volumeMounts:
            - {name: work, mountPath: /work}
      volumes:
        - name: work
          persistentVolumeClaim: {claimName: CLAIM}
`))

// LeastShards is the number of shards below which there is no work to share.
const LeastShards = 2

// WriteJob writes what a scheduler takes, for the plan in dir, which has LeastShards or
// more.
func WriteJob(w io.Writer, scheduler string, p *scenarios.Plan, dir string) error {
	const mostPods = 100
	merge := "exec splinternet merge " + output.Quote(dir)
	values := map[string]any{
		"Program": "splinternet", "Dir": dir, "Quoted": output.Quote(dir), "YAML": fmt.Sprintf("%q", dir),
		"Points": output.Count(p.Points(), "point"), "Runs": output.Count(p.Runs, "run"), "Shards": p.Shards, "Last": p.Shards - 1,
		"TooMany": p.Shards > usualArray, "Usual": usualArray, "Parallel": min(p.Shards, mostPods),
		// SLURM splits options at spaces, and fills in the job and the task.
		"LogPath": quoteSlurm(dir + "/slurm-%A_%a.out"), "MergeLog": output.Quote(dir + "/merge-%j.out"), "Merge": output.Quote(merge),
	}
	t := slurmScript
	if scheduler == "kubernetes" {
		t = kubernetesJob
	}
	return t.Execute(w, values)
}

// quoteSlurm writes a path in an option of a script of SLURM.
func quoteSlurm(path string) string {
	if strings.ContainsAny(path, " \t") {
		return `"` + path + `"`
	}
	return path
}
