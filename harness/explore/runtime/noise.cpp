#include "explore/runtime/noise.h"

#include <sys/prctl.h>

#include "explore/runtime/dice.h"
#include "explore/runtime/raw.h"
#include "explore/runtime/scheduler.h"

namespace redflag::explorer {

constinit std::atomic<bool> noisy = false;

namespace {

constexpr std::uint64_t one_in_yields = 8;
constexpr std::uint64_t one_in_sleeps = 64;
constexpr std::uint64_t one_in_long_sleeps = 8;  // of the sleeps
constexpr std::uint64_t short_sleep_ns = 50000;  // about what the kernel's timers resolve
constexpr std::uint64_t long_sleep_ns = 1000000;

struct Source {
  Dice dice{0};
  std::uint32_t execution = 0;  // for which the dice were seeded
};

constinit Page* page = nullptr;
constinit std::atomic<std::uint32_t> execution = 0;
constinit std::atomic<std::uint64_t> seeded = 0;  // threads so far
constinit thread_local Source source __attribute__((tls_model("initial-exec")));

}  // namespace

void make_noise() {
  if (source.execution != execution) {
    source.execution = execution;
    source.dice = Dice(page->spec.seed * 0x9e3779b97f4a7c15 + ++seeded);
  }
  page->total_steps.fetch_add(1, std::memory_order_relaxed);
  if (source.dice.below(one_in_sleeps) == 0) {
    const bool is_long = source.dice.below(one_in_long_sleeps) == 0;
    const timespec wait = {
        0, static_cast<long>(source.dice.below(is_long ? long_sleep_ns : short_sleep_ns))};
    raw::call(SYS_nanosleep, raw::word(&wait));
  } else if (source.dice.below(one_in_yields) == 0) {
    raw::call(SYS_sched_yield);
  }
}

void begin_noise(Page& shared) {
  // Whoever watches may look at a hang, also where only an ancestor may by default (Yama).
  raw::call(SYS_prctl, PR_SET_PTRACER, static_cast<long>(PR_SET_PTRACER_ANY));
  page = &shared;
  clear_results(shared);
  seeded = 0;
  ++execution;
  noisy = true;
}

Page* noise_page() { return noisy ? page : nullptr; }

void end_noise() {
  if (!noisy.exchange(false)) return;
  if (page->end == End::running) page->end = End::complete;
}

}  // namespace redflag::explorer
