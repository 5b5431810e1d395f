#include "reports/sample_campaign.h"

#include <initializer_list>

namespace redflag::reports {
namespace {

constexpr const char* counter_unsafe =
    R"(// Several threads add to one counter with nothing to keep them apart.
#include <thread>
#include <vector>

#include <redflag/scenario.h>

int counter = 0;

void count_to(int end) {
  for (int i = 0; i < end; ++i) {
    ++counter;  // read, add, write: another thread may come between
  }
}

redflag::Outcome body() {
  counter = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(count_to, 1000);
  }
  return {{"counter", counter}};
}

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(Mode::tsan, Kind::data_race, "count_to")},
    .outcomes = {acceptable("counter=4000", "every addition counted"),
                 forbidden("*", "additions were lost")}};
)";

constexpr const char* counter_safe = R"(// Several threads add to one counter, each under the lock.
#include <mutex>
#include <thread>
#include <vector>

#include <redflag/scenario.h>

std::mutex mutex;
int counter = 0;

void count_to(int end) {
  for (int i = 0; i < end; ++i) {
    const std::scoped_lock lock(mutex);
    ++counter;
  }
}

redflag::Outcome body() {
  counter = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(count_to, 1000);
  }
  return {{"counter", counter}};
}

constexpr redflag::Program redflag::program{
    .body = body, .outcomes = {acceptable("counter=4000", "every addition counted")}};
)";

constexpr const char* race_text = R"(==================
WARNING: ThreadSanitizer: data race (pid=4711)
  Write of size 4 at 0x55d0c8a04154 by thread T2:
    #0 count_to(int) scenarios/unlocked_counter/unsafe.cpp:11 (unsafe+0x2b41)
  Previous write of size 4 at 0x55d0c8a04154 by thread T1:
    #0 count_to(int) scenarios/unlocked_counter/unsafe.cpp:11 (unsafe+0x2b41)
SUMMARY: ThreadSanitizer: data race scenarios/unlocked_counter/unsafe.cpp:11 in count_to(int)
==================
)";

constexpr const char* lesson = R"(# An unlocked counter

Four threads add to one `int`. In Go it is `counter++` in four goroutines.

## Measured

| mode | first finding | rate |
|---|--:|--:|
| `plain` | 1,204 | 2/13 |
| `tsan` | 1 | 13/13 |

## Why it breaks

1. Thread 1 reads 41.
2. Thread 2 reads 41, adds, writes 42.
3. Thread 1 adds, writes 42: *one addition is lost*.

```cpp
const std::scoped_lock lock(mutex);
++counter;
```
)";

Stack access(const char* title, const char* thread) {
  return {Role::side,
          title,
          thread,
          {{"count_to(int)", "/src/scenarios/unlocked_counter/unsafe.cpp", 11, 0, "unsafe", 0x2b41},
           {"void std::__invoke_impl<void, void (*)(int), int>(std::__invoke_other, "
            "void (*&&)(int), int&&)",
            "/usr/include/c++/12/bits/invoke.h", 61, 0, "unsafe", 0x3a10},
           {"std::thread::_State_impl<std::thread::_Invoker<std::tuple<void (*)(int), int> > "
            ">::_M_run()",
            "/usr/include/c++/12/bits/std_thread.h", 210, 0, "unsafe", 0x3a72},
           {"execute_native_thread_routine", "", 0, 0, "libstdc++.so.6", 0xd44a3}}};
}

Finding race() {
  Stack created{Role::thread,
                "Thread T1 (tid=4713, finished) created by main thread at:",
                "T1",
                {{"pthread_create", "", 0, 0, "libtsan.so.2", 0x5fe12},
                 {"body()", "/src/scenarios/unlocked_counter/unsafe.cpp", 19, 0, "unsafe", 0x2c11},
                 {"main", "/src/harness/program/main.cpp", 40, 0, "unsafe", 0x4411}}};
  return {"data-race: count_to | count_to",
          Kind::data_race,
          "ThreadSanitizer",
          "data race on counter: two threads write it",
          {access("Write of size 4 by thread T2", "T2"),
           access("Previous write of size 4 by thread T1", "T1"), created},
          "global 'counter' of size 4",
          race_text,
          "logs/unlocked_counter/unsafe.tsan.4711",
          {{"T1", "starts", "unsafe.cpp:19 in body"},
           {"T2", "starts", "unsafe.cpp:19 in body", true, false, 7},
           {"main", "waits for the end of thread 1", "unsafe.cpp:21 in body", false, true}}};
}

Finding bare(Kind kind, const char* signature, const char* message) {
  return {signature, kind, "redflag", message, {}, "", "", "", {}};
}

struct In {
  Mode mode = Mode::plain;
  const char* compiler = "gcc";
};
constexpr In in_plain{Mode::plain, "gcc"};
constexpr In in_tsan{Mode::tsan, "gcc"};
constexpr In in_tsan_clang{Mode::tsan, "clang"};
constexpr In in_asan{Mode::asan, "gcc"};

Run base(const char* scenario, const char* variant, In in) {
  Run run;
  run.scenario = scenario;
  run.variant = variant;
  run.side = run.variant.starts_with("unsafe") ? Side::unsafe : Side::safe;
  run.mode = in.mode;
  run.compiler = in.compiler;
  run.program = "bin/" + run.scenario + "." + run.variant;
  return run;
}

Run ran(const char* scenario, const char* variant, In in, Verdict verdict, std::uint64_t hits,
        std::initializer_list<FindingCount> findings) {
  Run run = base(scenario, variant, in);
  run.status = Status::ran;
  run.verdict = verdict;
  run.instrumentation = in.mode == Mode::plain  ? "none"
                        : in.mode == Mode::tsan ? "thread"
                                                : "address";
  run.processes = 13;
  run.processes_with_finding = hits;
  run.executions = in.mode == Mode::plain ? 26'000 : 1'300;
  if (hits > 0) run.executions_to_first_finding = hits == 13 ? 1 : 1'204;
  run.detection = rate(hits, 13);
  run.seconds = 3.21;
  run.findings = findings;
  return run;
}

Run did_not(const char* scenario, const char* variant, In in, Status status, const char* reason) {
  Run run = base(scenario, variant, in);
  run.status = status;
  run.reasons = {reason};
  return run;
}

void add_counter(Campaign& campaign) {
  const std::string name = "unlocked_counter";
  campaign.scenarios.push_back(
      {name,
       "Adding to a counter without a lock",
       "3.1",
       "Several threads add to one counter. Additions are lost, now and then.",
       lesson,
       {{"unsafe", Side::unsafe, "scenarios/unlocked_counter/unsafe.cpp", counter_unsafe},
        {"safe", Side::safe, "scenarios/unlocked_counter/safe.cpp", counter_safe},
        {"safe_atomic", Side::safe, "scenarios/unlocked_counter/safe_atomic.cpp",
         "std::atomic<int> counter = 0;\n"}}});
  campaign.findings.push_back(race());
  campaign.findings.push_back(bare(Kind::forbidden_outcome, "forbidden-outcome: counter",
                                   "counter=3998: additions were lost"));
  const FindingCount raced{campaign.findings[0].signature, 13};
  const FindingCount lost{campaign.findings[1].signature, 2};
  Run plain = ran(name.c_str(), "unsafe", in_plain, Verdict::as_expected, 2, {lost});
  plain.outcomes = {{"counter=4000", true, "every addition counted", 25'998, 1},
                    {"counter=3998", false, "additions were lost", 2, 1'204}};
  Run tsan = ran(name.c_str(), "unsafe", in_tsan, Verdict::as_expected, 13, {raced, lost});
  tsan.expected = {{Kind::data_race, true, "count_to"}};
  tsan.outcomes = {{"counter=4000", true, "every addition counted", 1'300, 1}};
  campaign.runs.push_back(plain);
  campaign.runs.push_back(tsan);
  tsan.compiler = "clang";
  campaign.runs.push_back(tsan);
  campaign.runs.push_back(ran(name.c_str(), "unsafe", in_asan, Verdict::as_expected, 0, {}));
  for (const char* variant : {"safe", "safe_atomic"})
    for (const In in : {in_plain, in_tsan, in_tsan_clang, in_asan})
      campaign.runs.push_back(ran(name.c_str(), variant, in, Verdict::as_expected, 0, {}));
  campaign.costs = {{name, "increment, 1 thread", 0.52, 11.8},
                    {name, "increment, 4 threads", 2.1, 1'240}};
}

void add_wrong_verdicts(Campaign& campaign) {
  campaign.scenarios.push_back({"close_twice",
                                "Closing one channel twice",
                                "3.2",
                                "Two threads close one channel.",
                                "",
                                {}});
  campaign.findings.push_back(
      bare(Kind::uncaught_exception, "uncaught-exception: close", "std::logic_error: closed"));
  const FindingCount thrown{campaign.findings.back().signature, 1};
  Run missed = ran("close_twice", "unsafe", in_tsan, Verdict::missed, 0, {});
  missed.expected = {{Kind::data_race, true, "Channel::close"}, {Kind::crash, false, ""}};
  missed.reasons = {"data-race must be seen in each campaign"};
  Run alarm = ran("close_twice", "safe", in_plain, Verdict::false_alarm, 1, {thrown});
  alarm.leaked_threads = 1;
  campaign.runs.push_back(ran("close_twice", "unsafe", in_plain, Verdict::unexpected, 1, {thrown}));
  campaign.runs.push_back(missed);
  campaign.runs.push_back(alarm);
  campaign.runs.push_back(ran("close_twice", "safe", in_tsan, Verdict::as_expected, 0, {}));
}

void add_not_run(Campaign& campaign) {
  const char* const name = "listener_ignores_stop";
  campaign.scenarios.push_back({name, "A listener that never hears stop", "card", "", "", {}});
  campaign.runs.push_back(
      did_not(name, "unsafe", in_plain, Status::timed_out, "no execution began within 10 s"));
  campaign.runs.push_back(
      did_not(name, "unsafe", in_tsan, Status::crashed_harness, "the status page was cut short"));
  campaign.runs.push_back(
      did_not(name, "safe", in_plain, Status::not_built, "the compiler failed: see build.log"));
  campaign.runs.push_back(did_not(name, "safe", in_tsan, Status::skipped, "interrupted"));
}

}  // namespace

Campaign sample_campaign() {
  Campaign campaign;
  campaign.complete = true;
  campaign.environment = {"0.1.0",
                          "2024-05-01T12:00:00Z",
                          "Debian GNU/Linux 12",
                          "x86-64",
                          2,
                          {"gcc: g++ (Debian 12.2.0-14) 12.2.0", "clang: clang++ 14.0.6"},
                          10,
                          2};
  add_counter(campaign);
  add_wrong_verdicts(campaign);
  add_not_run(campaign);
  return campaign;
}

Campaign good_campaign() {
  Campaign campaign = sample_campaign();
  std::erase_if(campaign.runs, [](const Run& run) {
    return run.scenario != "unlocked_counter" || run.mode != Mode::tsan || run.compiler != "gcc" ||
           run.variant == "safe_atomic";
  });
  campaign.scenarios.resize(1);
  campaign.scenarios[0].programs.resize(2);
  return campaign;
}

}  // namespace redflag::reports
