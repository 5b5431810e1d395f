#include "program/execution.h"

#include <algorithm>
#include <cstring>
#include <thread>

#include "program/threads.h"

namespace redflag {
namespace {

constexpr std::size_t most_leaked_threads = 64;

void copy_text(char (&to)[StatusPage::text_size], std::string_view text) {
  const std::size_t size = std::min(text.size(), sizeof to - 1);
  std::memcpy(to, text.data(), size);
  to[size] = '\0';
}

void note_outcome(StatusPage& page, const std::string& text, std::uint64_t execution) {
  const std::string_view kept = std::string_view(text).substr(0, StatusPage::text_size - 1);
  for (auto& slot : page.outcomes) {
    if (slot.count == 0) {
      copy_text(slot.text, kept);
      slot.first_execution = execution;
    } else if (slot.text != kept) {
      continue;
    }
    ++slot.count;  // last, so that a slot with a count is a whole one
    return;
  }
  ++page.lost_outcomes;
}

// TSan starts a thread for itself when the first thread is made. It is no leak.
ThreadIds runtime_threads(StatusPage& page) {
  const ThreadIds before = living_threads();
  std::thread([] {}).join();
  ThreadIds threads = living_threads();
  std::size_t i = 0;
  for (const auto id : threads) {
    const bool fresh = !before.contains(id);  // one from before may be the program's own
    if (fresh && i < StatusPage::max_runtime_threads) page.runtime_threads[i++] = id;
  }
  return threads;
}

}  // namespace

void run_executions(const Program& tested, const Limits& limits, StatusPage& page) {
  ThreadIds known = runtime_threads(page);
  const std::size_t at_start = known.size();
  const auto end = std::chrono::steady_clock::now() + limits.time;
  page.phase = StatusPage::running;
  for (std::uint64_t n = 1; n <= limits.executions; ++n) {
    page.started = n;
    note_outcome(page, tested.body().text(), n);
    const std::size_t leaked = count_new_threads(known);
    if (leaked > 0) {
      page.leaked_threads += leaked;
      if (page.first_leak == 0) page.first_leak = n;
    }
    page.completed = n;
    if (known.size() > at_start + most_leaked_threads) break;
    if (std::chrono::steady_clock::now() >= end) break;
  }
  page.phase = StatusPage::finished;
}

}  // namespace redflag
