package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// slurmVariable asks for the test on a real SLURM, which .ci/run does.
const slurmVariable = "SPLINTERNET_SLURM"

// cluster is a throw-away SLURM with the program on its path.
type cluster struct {
	t   *testing.T
	dir string
	env []string
}

func newCluster(t *testing.T) *cluster {
	t.Helper()
	if os.Getenv(slurmVariable) == "" {
		t.Skipf("set %s=1 to run it; it needs root, slurm-wlm and munge", slurmVariable)
	}
	if _, err := exec.LookPath("slurmctld"); err != nil {
		t.Skip("there is no slurmctld here: install slurm-wlm and munge")
	}
	c := &cluster{t: t, dir: t.TempDir()}
	lab := filepath.Join(c.dir, "lab")
	script, err := filepath.Abs("../../.ci/slurm-lab")
	if err != nil {
		t.Fatal(err)
	}
	started, err := exec.Command(script, "start", lab).Output()
	t.Cleanup(func() { _ = exec.Command(script, "stop", lab).Run() })
	if err != nil {
		t.Fatalf("%v: %s", err, started)
	}
	if out, err := exec.Command("go", "build", "-o", filepath.Join(c.dir, "bin", "splinternet"), ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	c.env = append(os.Environ(), "SLURM_CONF="+strings.TrimSpace(string(started)),
		"PATH="+filepath.Join(c.dir, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
	return c
}

// try runs a command in the cluster's folder, with its output and whether it worked.
func (c *cluster) try(name string, args ...string) (out string, err error) {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = c.dir, c.env
	text, err := cmd.CombinedOutput()
	return string(text), err
}

func (c *cluster) must(name string, args ...string) string {
	c.t.Helper()
	out, err := c.try(name, args...)
	if err != nil {
		c.t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
	return out
}

// until waits until something holds.
func (c *cluster) until(what string, holds func() bool) {
	c.t.Helper()
	for range 1200 {
		if holds() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	queue, _ := c.try("scontrol", "-o", "show", "job")
	c.t.Fatalf("waited in vain until %s\n%s", what, queue)
}

// state is the state and the exit status of a job or of a task of an array.
func (c *cluster) state(job string) string {
	out, _ := c.try("scontrol", "-o", "show", "job", job)
	var state, status string
	for field := range strings.FieldsSeq(out) {
		if rest, is := strings.CutPrefix(field, "JobState="); is {
			state = rest
		}
		if rest, is := strings.CutPrefix(field, "ExitCode="); is {
			status = rest
		}
	}
	return state + " " + status
}

// grown tells whether the journal of a shard holds more than its first line.
func (c *cluster) grown(shard int) bool {
	info, err := os.Stat(filepath.Join(c.dir, "s", "journal", fmt.Sprintf("shard-%d-of-4.journal", shard)))
	const line = 300
	return err == nil && info.Size() > line
}

// killTask ends the task of an array as a power cut would: without a word. SLURM's own
// KILL begins with a TERM.
func (c *cluster) killTask(task int) {
	c.t.Helper()
	environments, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		c.t.Fatal(err)
	}
	for _, path := range environments {
		folder := filepath.Dir(path)
		program, err := os.Readlink(filepath.Join(folder, "exe"))
		if err != nil || program != filepath.Join(c.dir, "bin", "splinternet") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(text, fmt.Appendf(nil, "SLURM_ARRAY_TASK_ID=%d\x00", task)) {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(folder))
		if err != nil {
			c.t.Fatal(err)
		}
		process, err := os.FindProcess(pid)
		if err != nil {
			c.t.Fatal(err)
		}
		if err := process.Kill(); err != nil {
			c.t.Fatal(err)
		}
		return
	}
	c.t.Fatalf("task %d does not run", task)
}

// TestSlurm plays a sweep on two nodes. One task is killed, another is told to end, and
// both are submitted again; the tables are those of a sweep on one machine.
func TestSlurm(t *testing.T) {
	c := newCluster(t)
	sweep := []string{"sweep", "two-blocs", "--vary", "influence.bound=0.2:0.8", "--points", "700", "--runs", "20", "--quiet"}
	c.must("splinternet", append(sweep, "--out", "one", "--set", "time.ticks=60")...)
	script, err := c.try("splinternet", append(sweep, "--out", "s", "--set", "time.ticks=60", "--shards", "4", "--emit", "slurm")...)
	if err != nil {
		t.Fatal(script)
	}
	if err := os.WriteFile(filepath.Join(c.dir, "s.sbatch"), []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	var array, merge string
	if _, err := fmt.Sscanf(c.must("sh", "s.sbatch"), "array job %s merge job %s", &array, &merge); err != nil {
		t.Fatal(err)
	}
	array = strings.TrimSuffix(array, ",")

	c.until("shard 0 plays", func() bool { return c.grown(0) })
	c.killTask(0)
	c.until("shard 1 plays", func() bool { return c.grown(1) })
	// It reports an error when the task ends sooner than it has finished asking.
	_, _ = c.try("scancel", "--signal=TERM", "--full", array+"_1")
	c.until("the killed task is gone", func() bool { return strings.HasPrefix(c.state(array+"_0"), "FAILED") })
	c.until("the other has saved its runs", func() bool { return c.state(array+"_1") == "FAILED 75:0" })
	c.until("the merge has run", func() bool { return c.state(merge) == "FAILED 1:0" })
	said, err := os.ReadFile(filepath.Join(c.dir, "s", "merge-"+merge+".out"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(said), "shards 0-1 (of 0-3): sbatch --array=0-1 ") || !strings.Contains(string(said), "of 14000 runs are missing") {
		t.Errorf("the merge says\n%s", said)
	}
	if _, err := os.Stat(filepath.Join(c.dir, "s", "runs.parquet")); err == nil {
		t.Error("the merge made tables of a sweep of which runs are missing")
	}

	c.must("sbatch", "--wait", "--array=0-1", "s.sbatch")
	c.must("splinternet", "merge", "s")
	for _, name := range []string{"runs.parquet", "points.csv"} {
		one, err := os.ReadFile(filepath.Join(c.dir, "one", name))
		if err != nil {
			t.Fatal(err)
		}
		shared, err := os.ReadFile(filepath.Join(c.dir, "s", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one, shared) {
			t.Errorf("%s of the cluster differs from that of one machine", name)
		}
	}
}
