package admin

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are what Prometheus is told, in a registry of their own.
type Metrics struct {
	registry *prometheus.Registry
	runs     *prometheus.CounterVec
	took     prometheus.Histogram
	steps    *prometheus.HistogramVec
}

// The results of a run.
const (
	Good   = "good"
	Failed = "failed"
	Braked = "braked" // stopped since it would change too much
)

// NewMetrics returns the metrics of a server of which numbers tells.
func NewMetrics(numbers func(context.Context) Numbers) *Metrics {
	buckets := []float64{0.01, 0.1, 0.5, 1, 5, 10, 60, 300, 1800}
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		runs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "seedfeed_runs_total", Help: "Runs since the start, by result.",
		}, []string{"result"}),
		took: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "seedfeed_run_duration_seconds", Help: "How long runs took.", Buckets: buckets,
		}),
		steps: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "seedfeed_run_step_duration_seconds", Help: "How long each step of runs took.", Buckets: buckets,
		}, []string{"step"}),
	}
	m.registry.MustRegister(m.runs, m.took, m.steps, moment(numbers),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, result := range []string{Good, Failed, Braked} {
		m.runs.WithLabelValues(result) // so that the first one is an increase
	}
	return m
}

// Run counts a run by its result.
func (m *Metrics) Run(result string, took time.Duration, steps []Step) {
	m.runs.WithLabelValues(result).Inc()
	m.took.Observe(took.Seconds())
	for _, step := range steps {
		m.steps.WithLabelValues(step.Name).Observe(step.Took.Seconds())
	}
}

func (m *Metrics) handler(log *slog.Logger) http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)})
}

// A moment asks for the numbers when metrics are asked for.
type moment func(context.Context) Numbers

// Describe names no metric beforehand: which there are is up to the site.
func (moment) Describe(chan<- *prometheus.Desc) {}

// Collect sends the numbers of this moment.
func (numbers moment) Collect(metrics chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	n := numbers(ctx)
	s := sender{metrics}
	s.gauge("build_info", "The version of the program, in a label.", 1, "version", n.Version)
	ready := 1.0
	if n.Ready != nil {
		ready = 0
	}
	s.gauge("ready", "1 when readers can be sent here: see /readyz.", ready)
	s.instant("last_good_run_timestamp_seconds", "When the last good run ended.", n.LastGood)
	s.instant("next_run_timestamp_seconds", "When the next run is planned.", n.Next)
	for status, count := range n.Documents {
		s.gauge("documents", "Documents that are known, by status.", float64(count), "status", status)
	}
	s.gauge("documents_skipped", "Documents that the last run could not publish.", float64(n.Skipped))
	s.gauge("documents_waiting", "Documents that may still be written.", float64(n.Waiting))
	for level, count := range n.Findings {
		s.gauge("findings", "What is wrong with the feeds, by level.", float64(count), "level", level)
	}
	for code, count := range n.Requests {
		label := "other"
		if code != 0 {
			label = strconv.Itoa(code)
		}
		s.counter("http_requests_total", "Requests that were answered, by status.", count, "code", label)
	}
	s.feeds(n.Feeds)
	s.hub(n.Hub)
}

// A sender sends metrics. Labels come in pairs.
type sender struct{ metrics chan<- prometheus.Metric }

func (s sender) send(kind prometheus.ValueType, name, help string, value float64, labels []string) {
	var names, values []string
	for i := 0; i < len(labels); i += 2 {
		names, values = append(names, labels[i]), append(values, labels[i+1])
	}
	s.metrics <- prometheus.MustNewConstMetric(prometheus.NewDesc("seedfeed_"+name, help, names, nil), kind, value, values...)
}

func (s sender) gauge(name, help string, value float64, labels ...string) {
	s.send(prometheus.GaugeValue, name, help, value, labels)
}

func (s sender) counter(name, help string, value int64, labels ...string) {
	s.send(prometheus.CounterValue, name, help, float64(value), labels)
}

// instant sends a time, unless it is the zero one.
func (s sender) instant(name, help string, t time.Time) {
	if !t.IsZero() {
		s.gauge(name, help, float64(t.UnixMilli())/1000)
	}
}

func (s sender) feeds(feeds []Feed) {
	for _, f := range feeds {
		if f.Size > 0 {
			s.gauge("feed_size_bytes", "The size of each feed.", float64(f.Size), "feed", f.Name)
		}
		s.counter("feed_requests_total", "Requests for each feed, by whether it was sent (200) or is as the reader has it (304).", f.Full, "feed", f.Name, "code", "200")
		s.counter("feed_requests_total", "Requests for each feed, by whether it was sent (200) or is as the reader has it (304).", f.NotModified, "feed", f.Name, "code", "304")
		s.gauge("feed_clients", "Distinct clients of each feed in a day, estimated.", float64(f.Clients), "feed", f.Name)
		s.gauge("feed_subscribers", "Subscribers of each feed that services tell they read it for.", float64(f.Subscribers), "feed", f.Name)
	}
}

func (s sender) hub(h *Hub) {
	if h == nil {
		return
	}
	s.gauge("hub_subscriptions", "Subscriptions that last.", float64(h.Subscriptions))
	s.gauge("hub_requests_waiting", "Requests that the hub has not answered yet.", float64(h.Requests))
	s.gauge("hub_deliveries_waiting", "Deliveries that are not done yet.", float64(h.Waiting))
	s.gauge("hub_attempts_active", "Attempts to deliver or verify that are in progress.", float64(h.Active))
	for result, count := range map[string]int64{"verified": h.Verified, "refused": h.Refused, "denied": h.Denied} {
		s.counter("hub_verifications_total", "Requests to subscribe or to end it, by result.", count, "result", result)
	}
	for result, count := range map[string]int64{"delivered": h.Delivered, "failed": h.Failed, "given_up": h.GivenUp} {
		s.counter("hub_deliveries_total", "Attempts to deliver, by result; given_up counts deliveries.", count, "result", result)
	}
	s.counter("hub_expired_total", "Subscriptions whose lease ended.", h.Expired)
}
