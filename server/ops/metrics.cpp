#include "server/ops/metrics.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace plenary::server::ops {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using protocol::ErrorCode;
using protocol::Operation;

namespace {

std::size_t slot_of_this_thread(std::size_t slots) noexcept {
  static std::atomic<std::size_t> next{0};
  thread_local const std::size_t mine = next.fetch_add(1, std::memory_order_relaxed);
  return mine % slots;
}

ClientMetric counted(double value) {
  ClientMetric metric;
  metric.counter.value = value;
  return metric;
}

MetricFamily family(const char* name, const char* help, const Counter& counter) {
  return {name, help, MetricType::Counter, {counted(static_cast<double>(counter.value()))}};
}

MetricFamily family(const char* name, const char* help, const prometheus::Gauge& gauge) {
  return {name, help, MetricType::Gauge, {gauge.Collect()}};
}

MetricFamily family(const char* name, const char* help, const prometheus::Histogram& histogram) {
  return {name, help, MetricType::Histogram, {histogram.Collect()}};
}

std::size_t place_of(std::optional<ErrorCode> error, std::size_t success) {
  return error ? static_cast<std::size_t>(*error) : success;
}

MetricFamily operations_family(const Metrics& metrics) {
  MetricFamily all{"plenary_operations_total", "Operations answered, by outcome.", MetricType::Counter, {}};
  const auto add = [&](Operation operation, std::optional<ErrorCode> error, const char* outcome) {
    const auto count = metrics.operations(operation, error);
    if (count == 0) return;
    auto metric = counted(static_cast<double>(count));
    metric.label = {{"operation", std::string{protocol::wire_name(operation)}}, {"outcome", outcome}};
    all.metric.push_back(std::move(metric));
  };
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Operation>>([&](auto operation) {
    add(operation.value, std::nullopt, "ok");
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<ErrorCode>>(
        [&](auto error) { add(operation.value, error.value, error.name); });
  });
  return all;
}

/// The names that every Prometheus client gives these (https://prometheus.io/docs/instrumenting/writing_clientlibs/,
/// "Process metrics").
void append_process(std::vector<MetricFamily>& families) {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  std::size_t pages = 0;
  std::size_t resident_pages = 0;
  std::ifstream{"/proc/self/statm"} >> pages >> resident_pages;
  prometheus::Gauge resident{static_cast<double>(resident_pages) * static_cast<double>(::sysconf(_SC_PAGESIZE))};
  families.push_back({"process_cpu_seconds_total",
                      "Processor time used, in seconds.",
                      MetricType::Counter,
                      {counted(seconds(usage.ru_utime) + seconds(usage.ru_stime))}});
  families.push_back(family("process_resident_memory_bytes", "Memory in use.", resident));
}

}  // namespace

void Counter::add(std::uint64_t count) noexcept {
  slots_[slot_of_this_thread(slots_.size())].count.fetch_add(count, std::memory_order_relaxed);
}

std::uint64_t Counter::value() const noexcept {
  std::uint64_t sum = 0;
  for (const Slot& slot : slots_) sum += slot.count.load(std::memory_order_relaxed);
  return sum;
}

void Metrics::count_operation(Operation operation, std::optional<ErrorCode> error) noexcept {
  auto& outcomes = operations_[static_cast<std::size_t>(operation)];
  outcomes[place_of(error, outcomes.size() - 1)].fetch_add(1, std::memory_order_relaxed);
}

std::uint64_t Metrics::operations(Operation operation, std::optional<ErrorCode> error) const noexcept {
  const auto& outcomes = operations_[static_cast<std::size_t>(operation)];
  return outcomes[place_of(error, outcomes.size() - 1)].load(std::memory_order_relaxed);
}

std::string Metrics::text() const {
  std::vector<MetricFamily> families{
      family("plenary_connections_open", "Open WebSockets.", connections_open),
      family("plenary_subscriptions_open", "Channels subscribed to, over all connections.", subscriptions_open),
      family("plenary_people_present", "People present, over all webinars.", people_present),
      family("plenary_reader_queue_length", "Reads waiting for a reader thread.", reader_queue_length),
      family("plenary_wal_pages", "Pages in the write-ahead log.", wal_pages),
      family("plenary_frames_sent_total", "Frames handed to sockets.", frames_sent),
      family("plenary_bytes_sent_total", "Bytes handed to sockets.", bytes_sent),
      family("plenary_pushes_dropped_total", "Pushes dropped because their reader was too slow.", pushes_dropped),
      family("plenary_catch_ups_total", "Slow readers caught up.", catch_ups),
      family("plenary_resumes_total", "Subscriptions answered with what was missed.", resumes),
      family("plenary_snapshots_total", "Subscriptions answered with the present state.", snapshots),
      family("plenary_messages_posted_total", "Messages posted.", messages_posted),
      family("plenary_refusals_total", "Operations and channels refused for want of a right.", refusals),
      family("plenary_commit_commands", "Commands in one commit.", commit_commands),
      family("plenary_commit_seconds", "One commit with its fsync.", commit_seconds),
      operations_family(*this)};
  append_process(families);
  std::ostringstream out;
  prometheus::TextSerializer{}.Serialize(out, families);
  return out.str();
}

}  // namespace plenary::server::ops
