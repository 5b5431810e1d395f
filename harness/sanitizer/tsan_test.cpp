#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "sanitizer/kinds.h"
#include "sanitizer/test_logs.h"

namespace redflag {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::vector<Expected> reports{
    {"data_race.tsan.gcc", Kind::data_race, "src/data_race.cpp:bump | src/data_race.cpp:operator()",
     "global 'counter' of size 4",
     "data race: read of size 4 by thread T2, previous write of size 4 by thread T1"},
    {"heap_race.tsan.clang", Kind::data_race,
     "src/heap_race.cpp:bump | src/heap_race.cpp:operator<<", "heap block of size 24",
     "data race: write of size 8 by thread T2, previous write of size 8 by thread T1"},
    {"stack_race.tsan.gcc", Kind::data_race,
     "src/stack_race.cpp:body | src/stack_race.cpp:operator()", "stack of main thread",
     "data race: write of size 4 by main thread, previous write of size 4 by thread T1"},
    {"stack_race.tsan.clang", Kind::data_race,
     "src/stack_race.cpp:body | src/stack_race.cpp:operator()", "stack of main thread",
     "data race: write of size 4 by thread T1, previous write of size 4 by main thread"},
    {"tls_race.tsan.gcc", Kind::data_race, "src/tls_race.cpp:main | src/tls_race.cpp:set",
     "TLS of main thread",
     "data race: write of size 4 by main thread, previous write of size 4 by thread T1"},
    {"fd_race.tsan.clang", Kind::data_race, "src/fd_race.cpp:closer | src/fd_race.cpp:reader",
     "file descriptor 3",
     "data race: write of size 8 by thread T2, previous read of size 8 by thread T1"},
    {"mutex_race.tsan.gcc", Kind::data_race,
     "src/mutex_race.cpp:deposit | src/mutex_race.cpp:withdraw", "global 'total' of size 8",
     "data race: read of size 8 by thread T2, previous write of size 8 by thread T1"},
    {"atomic_race.tsan.gcc", Kind::data_race,
     "src/atomic_race.cpp:look | src/atomic_race.cpp:publish", "global 'ready' of size 4",
     "data race: read of size 4 by main thread, previous atomic write of size 4 by thread T1"},
    {"vptr_race.tsan.clang", Kind::data_race_on_vptr,
     "src/vptr_race.cpp:call | src/vptr_race.cpp:~Base", "heap block of size 8",
     "data race on vptr (ctor/dtor vs virtual call): read of size 8 by thread T1, previous write "
     "of size 8 by main thread"},
    {"virtual_call_vs_free.tsan.clang", Kind::virtual_call_vs_free,
     "src/virtual_call_vs_free.cpp:call | src/virtual_call_vs_free.cpp:~Task", "",
     "heap-use-after-free (virtual call vs free): read of size 8 by thread T1, previous write of "
     "size 8 by main thread"},
    {"use_after_free.tsan.gcc", Kind::heap_use_after_free,
     "src/use_after_free.cpp:process | src/use_after_free.cpp:stop", "",
     "heap-use-after-free: read of size 4 by thread T1, previous write of size 8 by main thread"},
    {"race_on_external_object.tsan.gcc", Kind::race_on_external_object,
     "src/race_on_external_object.cpp:append", "Playlist of size 16",
     "race on Playlist: modifying access of Playlist by main thread, previous modifying access of "
     "Playlist by thread T1"},
    {"thread_leak.tsan.gcc", Kind::thread_leak, "src/thread_leak.cpp:start", "",
     "thread leak: thread T1 'lost one' created by main thread"},
    {"destroy_of_locked_mutex.tsan.gcc", Kind::destroy_of_locked_mutex,
     "src/destroy_of_locked_mutex.cpp:main | src/destroy_of_locked_mutex.cpp:stop",
     "global 'mutex' of size 40", "destroy of a locked mutex"},
    {"double_lock.tsan.clang", Kind::double_lock, "src/double_lock.cpp:lock_again",
     "global 'mutex' of size 40", "double lock of a mutex"},
    {"use_of_invalid_mutex.tsan.gcc", Kind::use_of_invalid_mutex,
     "src/use_of_invalid_mutex.cpp:use", "global 'mutex' of size 40",
     "use of an invalid mutex (e.g. uninitialized or destroyed)"},
    {"unlock_of_unlocked_mutex.tsan.clang", Kind::unlock_of_unlocked_mutex,
     "src/unlock_of_unlocked_mutex.cpp:~Guard", "global 'mutex' of size 40",
     "unlock of an unlocked mutex (or by a wrong thread)"},
    {"read_lock_of_write_locked_mutex.tsan.gcc", Kind::read_lock_of_write_locked_mutex,
     "src/read_lock_of_write_locked_mutex.cpp:read_side", "global 'lock' of size 56",
     "read lock of a write locked mutex"},
    {"read_unlock_of_write_locked_mutex.tsan.gcc", Kind::read_unlock_of_write_locked_mutex,
     "src/read_unlock_of_write_locked_mutex.cpp:read_unlock", "global 'lock' of size 1",
     "read unlock of a write locked mutex"},
    {"signal_unsafe_call.tsan.clang", Kind::signal_unsafe_call,
     "src/signal_unsafe_call.cpp:on_signal", "", "signal-unsafe call inside of a signal"},
    {"errno_spoiled.tsan.clang", Kind::errno_spoiled_in_signal_handler,
     "src/errno_spoiled.cpp:on_signal", "", "signal handler spoils errno"},
    {"lock_order_inversion.tsan.clang", Kind::lock_order_inversion,
     "src/lock_order_inversion.cpp:left_first | src/lock_order_inversion.cpp:right_first", "",
     "lock-order-inversion (potential deadlock): M0 => M1 => M0"},
    {"segv.tsan.gcc", Kind::crash, "src/segv.cpp:crash", "", "SEGV: write access"},
};

TEST(Tsan, RealLogs) {
  for (const auto& row : reports) expect_first(row, "ThreadSanitizer");
}

TEST(Tsan, EveryPartOfAReportIsRead) {
  const auto text = read_log("mutex_race.tsan.clang");
  const auto report = parse_report(text);
  ASSERT_THAT(report.findings, SizeIs(1));
  const auto& finding = report.findings.front();
  const auto sides = stacks_of(finding, Role::side);
  ASSERT_THAT(sides, SizeIs(2));
  EXPECT_EQ(sides[0]->title, "Write of size 8 by thread T2 (mutexes: write M0)");
  EXPECT_EQ(sides[0]->thread, "T2");
  ASSERT_THAT(sides[0]->frames, SizeIs(7));
  const auto& top = sides[0]->frames.front();
  EXPECT_EQ(top.function, "(anonymous namespace)::withdraw()");
  EXPECT_EQ(top.file, "/src/mutex_race.cpp");
  EXPECT_EQ(top.line, 17);
  EXPECT_EQ(top.column, 9);
  EXPECT_EQ(top.module, "mutex_race");
  EXPECT_GT(top.offset, 0U);
  EXPECT_EQ(sides[1]->title, "Previous write of size 8 by thread T1 (mutexes: write M1)");
  ASSERT_THAT(stacks_of(finding, Role::mutex), SizeIs(2));
  EXPECT_EQ(stacks_of(finding, Role::mutex)[0]->title, "Mutex M0 created at");
  ASSERT_THAT(stacks_of(finding, Role::thread), SizeIs(2));
  EXPECT_EQ(stacks_of(finding, Role::thread)[1]->thread, "T1");
  EXPECT_THAT(stacks_of(finding, Role::thread)[1]->title, HasSubstr("'deposit money'"));
  ASSERT_THAT(stacks_of(finding, Role::other), SizeIs(1));
  EXPECT_EQ(stacks_of(finding, Role::other)[0]->title, "As if synchronized via sleep");
  EXPECT_TRUE(finding.text.starts_with("WARNING: ThreadSanitizer: data race (pid=12345)\n"));
  EXPECT_TRUE(finding.text.ends_with("in (anonymous namespace)::withdraw()\n"));
}

TEST(Tsan, HeapBlockHasItsAllocation) {
  const auto report = parse_report(read_log("heap_race.tsan.gcc"));
  const auto stacks = stacks_of(report.findings.at(0), Role::allocation);
  ASSERT_THAT(stacks, SizeIs(1));
  EXPECT_EQ(stacks[0]->title, "Location is heap block of size 24 allocated by main thread");
  EXPECT_EQ(stacks[0]->thread, "main thread");
  EXPECT_EQ(stacks[0]->frames.at(2).function, "main");
}

TEST(Tsan, OnlyTheInvertingLocksAreSides) {
  const auto report = parse_report(read_log("lock_order_inversion.tsan.gcc"));
  const auto sides = stacks_of(report.findings.at(0), Role::side);
  ASSERT_THAT(sides, SizeIs(2));
  EXPECT_EQ(sides[0]->title, "Mutex M10 acquired here while holding mutex M9 in thread T1");
  EXPECT_EQ(sides[0]->thread, "T1");
  const auto earlier = stacks_of(report.findings.at(0), Role::other);
  ASSERT_THAT(earlier, SizeIs(2));
  EXPECT_EQ(earlier[0]->title, "Mutex M9 previously acquired by the same thread here");
}

TEST(Tsan, AStackThatWasLostIsKeptEmpty) {
  const auto report = parse_report(read_log("use_of_invalid_mutex.tsan.clang"));
  const auto stacks = stacks_of(report.findings.at(0), Role::mutex);
  ASSERT_THAT(stacks, SizeIs(1));
  EXPECT_THAT(stacks[0]->frames, IsEmpty());
  EXPECT_THAT(report.findings.at(0).text, HasSubstr("[failed to restore the stack]"));

  const auto lost = parse_report(
      "WARNING: ThreadSanitizer: data race (pid=1)\n"
      "  Read of size 4 at 0x7b08 by thread T1:\n"
      "    #0 look /src/a.cpp:3 (a+0x1)\n\n"
      "  Previous write of size 4 at 0x7b08 by thread T2:\n"
      "    [failed to restore the stack]\n\n"
      "SUMMARY: ThreadSanitizer: data race /src/a.cpp:3 in look\n");
  EXPECT_EQ(lost.findings.at(0).signature, "data-race: ? | src/a.cpp:look");
}

TEST(Tsan, SeveralReportsAmongOtherOutput) {
  const auto text = "processed=4" + read_log("thread_leak.tsan.gcc") + "\nbye\n" +
                    read_log("data_race.tsan.clang") + "  #1 in my list\n";
  const auto report = parse_report(text);
  ASSERT_THAT(report.findings, SizeIs(3));
  EXPECT_EQ(report.findings[1].kind, Kind::thread_leak);
  EXPECT_EQ(report.findings[2].kind, Kind::data_race);
  EXPECT_THAT(report.findings[1].text, Not(HasSubstr("bye")));
  EXPECT_THAT(report.findings[2].text, Not(HasSubstr("my list")));
}

TEST(Tsan, OutputInsideAReportIsPassedOver) {
  auto text = read_log("data_race.tsan.gcc");
  const auto plain = parse_report(text);
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    text.insert(at + 1, "processed=4 rejected=0\n");
    at += 23;
  }
  const auto report = parse_report(text);
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].stacks, plain.findings[0].stacks);
  EXPECT_EQ(report.findings[0].message, plain.findings[0].message);
}

TEST(Tsan, AReportCutByTheNextOneEndsThere) {
  const auto whole = read_log("data_race.tsan.gcc");
  const auto cut = whole.substr(0, whole.find("  Previous"));
  const auto report = parse_report(cut + whole.substr(whole.find("WARNING")));
  ASSERT_THAT(report.findings, SizeIs(2));
  EXPECT_THAT(stacks_of(report.findings[0], Role::side), SizeIs(1));
  EXPECT_THAT(stacks_of(report.findings[1], Role::side), SizeIs(2));
}

TEST(Tsan, AStackIsNoGlobalWithoutAName) {
  for (const auto* location : {"Location is global '<null>' at 0x000000000000 ([stack]+0x20474)",
                               "Location is global '?\?' at 0x7ffffffde000 ([stack]+0x20484)"}) {
    const auto report = parse_report(
        std::string("WARNING: ThreadSanitizer: data race (pid=1)\n  ") + location + "\n");
    EXPECT_EQ(report.findings.at(0).location, "") << location;
  }
}

TEST(Tsan, AnUnknownKindIsKept) {
  const auto report = parse_report(
      "WARNING: ThreadSanitizer: something quite new (pid=1)\n    #0 f /src/a.cpp:1 (a+0x1)\n");
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].kind, Kind::other);
  EXPECT_EQ(report.findings[0].message, "something quite new");
  EXPECT_EQ(report.findings[0].signature, "other: src/a.cpp:f");
}

TEST(Tsan, ColoursAreNoHindrance) {
  auto text = read_log("data_race.tsan.gcc");
  const auto plain = parse_report(text);
  text.replace(text.find("WARNING"), 0, "\033[1m\033[31m");
  text.replace(text.find("  Read"), 0, "\033[1m\033[34m");
  EXPECT_EQ(parse_report(text), plain);
}

// Not to be produced by the compilers of make-logs: excerpts from Clang 19, shortened by hand.
TEST(Tsan, FormsOfClang19) {
  const auto report = parse_report(
      "==================\n"
      "WARNING: ThreadSanitizer: mutex held in the wrong context (pid=1)\n"
      "    #0 dispatch() /src/a.cpp:9:3 (a+0xe1) (BuildId: 00ff)\n\n"
      "  Mutex M0 (0x5555) created at:\n"
      "    #0 pthread_mutex_lock <null> (a+0xe2) (BuildId: 00ff)\n\n"
      "SUMMARY: ThreadSanitizer: mutex held in the wrong context /src/a.cpp:9:3 in dispatch()\n"
      "==================\n"
      "==================\n"
      "WARNING: ThreadSanitizer: thread leak (pid=1)\n"
      "  Thread T1 (tid=2, finished) created by main thread at:\n"
      "    #0 pthread_create <null> (a+0xe2) (BuildId: 00ff)\n"
      "    #1 start() /src/a.cpp:4:3 (a+0xe3) (BuildId: 00ff)\n\n"
      "  And 2 more similar thread leaks.\n\n"
      "SUMMARY: ThreadSanitizer: thread leak (/src/build/a+0xe2) (BuildId: 00ff) in "
      "pthread_create\n"
      "==================\n");
  ASSERT_THAT(report.findings, SizeIs(2));
  EXPECT_EQ(report.findings[0].kind, Kind::mutex_held_in_wrong_context);
  EXPECT_EQ(report.findings[0].signature, "mutex-held-in-wrong-context: src/a.cpp:dispatch");
  EXPECT_EQ(report.findings[1].signature, "thread-leak: src/a.cpp:start");
  EXPECT_THAT(report.findings[1].text, HasSubstr("And 2 more"));
}

TEST(Tsan, NameOfEveryKind) {
  using sanitizer::tsan_kind;
  EXPECT_EQ(tsan_kind("race on external object"), Kind::race_on_external_object);
  EXPECT_EQ(tsan_kind("data race"), Kind::data_race);
  EXPECT_EQ(tsan_kind("data races"), Kind::other);
  EXPECT_EQ(tsan_kind(""), Kind::other);
}

}  // namespace
}  // namespace redflag
