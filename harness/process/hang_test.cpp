#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "process/blocked.h"
#include "process/child.h"
#include "process/stacks.h"

namespace redflag {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;

// This test's own process runs, so it never stands still.
TEST(BlockedWatch, ARunningProcessDoesNotStandStill) {
  BlockedWatch watch;
  EXPECT_FALSE(watch.stands_still(getpid(), {}));
  EXPECT_FALSE(watch.stands_still(getpid(), {}));
}

TEST(BlockedWatch, AProcessThatIsNotThereDoesNotStandStill) {
  BlockedWatch watch;
  EXPECT_FALSE(watch.stands_still(-1, {}));
  EXPECT_FALSE(watch.stands_still(-1, {}));
}

// What was seen of the main thread of a program that another one's abort() ended: it was idle.
TEST(SleepsForEver, NotAThreadThatWasKilledInItsWait) {
  const std::string waits = "202 0x7fbe85e1d990 0x109 0x3e2c 0x0 0x0 0xffffffff 0x7ffd 0x7fbe";
  EXPECT_TRUE(sleeps_for_ever(waits, "State:\tS (sleeping)"));
  EXPECT_FALSE(sleeps_for_ever(waits, "State:\tI (idle)"));
  EXPECT_FALSE(sleeps_for_ever(waits, "State:\tD (disk sleep)"));
  EXPECT_FALSE(sleeps_for_ever(waits, ""));
  EXPECT_FALSE(sleeps_for_ever("running", "State:\tS (sleeping)"));
  EXPECT_FALSE(
      sleeps_for_ever("202 0x7fbe85e1d990 0x109 0x3e2c 0x7ffd 0x0", "State:\tS (sleeping)"))
      << "it has a time limit";
  EXPECT_FALSE(sleeps_for_ever("0 0x3 0x7ffd 0x400 0x0 0x0", "State:\tS (sleeping)")) << "it reads";
}

TEST(ThreadStates, SayWhatEachThreadDoes) {
  std::promise<void> end;
  const std::jthread waiter([&] { end.get_future().wait(); });
  std::vector<std::string> states;
  do states = thread_states(getpid());
  while (std::ranges::none_of(states, [](const std::string& state) {
    return state.find("waits for another thread, without a time limit") != std::string::npos;
  }));
  EXPECT_THAT(states, Contains(HasSubstr("(running)")));
  end.set_value();
}

// A child that waits in a system call: its stacks are had, by whatever tool there is.
TEST(ThreadStacks, OfALivingProcess) {
  Command command;
  command.argv = {"sleep", "1000"};
  ThreadStacks seen;
  run_child(command, [&](pid_t child) {
    seen = thread_stacks(child, {});
    return Watch::kill;
  });
  EXPECT_FALSE(seen.tool.empty());
  EXPECT_FALSE(seen.text.empty());
}

TEST(ParseEuStack, ReadsThreadsFramesAndPlaces) {
  const auto stacks = parse_eu_stack(
      "PID 15914 - process\n"
      "TID 15914:\n"
      "#0  0x00007fbe85ea3f16 __futex_abstimed_wait_common64 - "
      "/usr/lib/x86_64-linux-gnu/libc.so.6\n"
      "    ./nptl/futex-internal.c:57:12\n"
      "#1  0x00005589aa30a377 (anonymous namespace)::Engine::stop() - /src/d\n"
      "    /src/d.cpp:5:79\n"
      "#2  0x00007fbe860d44a3 - /usr/lib/x86_64-linux-gnu/libstdc++.so.6.0.30\n"
      "TID 15916:\n"
      "#0  0x00007fbe85ea3f16 clone3\n");
  ASSERT_EQ(stacks.size(), 2U);
  EXPECT_EQ(stacks[0].thread, "thread 15914");
  ASSERT_EQ(stacks[0].frames.size(), 3U);
  EXPECT_EQ(stacks[0].frames[1], (Frame{"(anonymous namespace)::Engine::stop()", "/src/d.cpp", 5,
                                        79, "/src/d", 0x00005589aa30a377}));
  EXPECT_THAT(stacks[0].frames[2],
              AllOf(Field(&Frame::function, ""),
                    Field(&Frame::module, "/usr/lib/x86_64-linux-gnu/libstdc++.so.6.0.30")));
  EXPECT_EQ(stacks[1].frames[0].function, "clone3");
}

TEST(LooksUpNames, TellsASanitizerAtWorkFromAProgramThatWaits) {
  const std::string waits =
      "TID 5384:\n#0  0x1 read - /lib/libc.so.6\n#1  0x2 f() - /src/Symbolizer\n";
  EXPECT_FALSE(looks_up_names({"eu-stack", parse_eu_stack(waits), waits}));
  const std::string looks =
      waits + "#2  0x3 __sanitizer::Symbolizer::SymbolizePC(unsigned long) - /src/d\n";
  EXPECT_TRUE(looks_up_names({"eu-stack", parse_eu_stack(looks), looks}));
}

TEST(ParseGdbStacks, ReadsThreadsFramesAndPlaces) {
  const auto stacks = parse_gdb_stacks(
      "[New LWP 15916]\n\n"
      "Thread 2 (Thread 0x7fbe85e1d6c0 (LWP 15916) \"d\"):\n"
      "#0  __futex_abstimed_wait_common64 (private=0, op=393) at ./nptl/futex-internal.c:57\n"
      "#1  0x00005589aa30a5d3 in std::condition_variable::wait<(anonymous "
      "namespace)::Engine::stop()::"
      "<lambda()> > (__p=..., this=0x7ffc) at /usr/include/c++/12/condition_variable:102\n"
      "#2  (anonymous namespace)::Engine::stop (this=0x7ffc7df63490) at d.cpp:5\n"
      "#3  operator() (__closure=<optimized out>) at d.cpp:6\n"
      "#4  0x00007fbe860d4517 in std::thread::join() () from "
      "/lib/x86_64-linux-gnu/libstdc++.so.6\n");
  ASSERT_EQ(stacks.size(), 1U);
  EXPECT_EQ(stacks[0].thread, "thread 15916");
  ASSERT_EQ(stacks[0].frames.size(), 5U);
  EXPECT_EQ(stacks[0].frames[2],
            (Frame{"(anonymous namespace)::Engine::stop", "d.cpp", 5, 0, "", 0}));
  EXPECT_EQ(stacks[0].frames[3].function, "operator()");
  EXPECT_EQ(stacks[0].frames[4].function, "std::thread::join()");
  EXPECT_EQ(stacks[0].frames[4].module, "/lib/x86_64-linux-gnu/libstdc++.so.6");
}

TEST(ParseStacks, GarbageIsNoStack) {
  for (const char* text :
       {"", "#0", "TID", "TID x:\n#0 0x", "Thread 1 (LWP", "#1  0x12 in", "\n\n    a:1:2\n"}) {
    parse_eu_stack(text);
    parse_gdb_stacks(text);
  }
}

}  // namespace
}  // namespace redflag
