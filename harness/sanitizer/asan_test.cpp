#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "sanitizer/kinds.h"
#include "sanitizer/test_logs.h"

namespace redflag {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

const std::vector<Expected> memory_errors{
    {"use_after_free.asan.gcc", Kind::heap_use_after_free,
     "src/use_after_free.cpp:process | src/use_after_free.cpp:stop", "heap block of size 24",
     "heap-use-after-free: read of size 4 by thread T1, freed by main thread"},
    {"double_free.asan.clang", Kind::double_free,
     "src/double_free.cpp:main | src/double_free.cpp:release", "heap block of size 24",
     "attempting double-free: freed by main thread"},
    {"bad_free.asan.gcc", Kind::bad_free, "src/bad_free.cpp:release", "heap block of size 16",
     "attempting free on address which was not malloc()-ed"},
    {"alloc_dealloc_mismatch.asan.clang", Kind::alloc_dealloc_mismatch,
     "src/alloc_dealloc_mismatch.cpp:release", "heap block of size 16",
     "alloc-dealloc-mismatch (operator new [] vs free)"},
    {"new_delete_type_mismatch.asan.gcc", Kind::new_delete_type_mismatch,
     "src/new_delete_type_mismatch.cpp:release", "heap block of size 64",
     "new-delete-type-mismatch"},
    {"heap_buffer_overflow.asan.clang", Kind::heap_buffer_overflow,
     "src/heap_buffer_overflow.cpp:past", "heap block of size 24",
     "heap-buffer-overflow: read of size 4 by main thread"},
    {"stack_buffer_overflow.asan.gcc", Kind::stack_buffer_overflow,
     "src/stack_buffer_overflow.cpp:fill", "'name' on the stack of main thread",
     "stack-buffer-overflow: write of size 1 by main thread"},
    {"global_buffer_overflow.asan.gcc", Kind::global_buffer_overflow,
     "src/global_buffer_overflow.cpp:at", "global 'table' of size 40",
     "global-buffer-overflow: read of size 4 by main thread"},
    {"container_overflow.asan.gcc", Kind::container_overflow, "src/container_overflow.cpp:beyond",
     "heap block of size 32", "container-overflow: read of size 4 by main thread"},
    {"stack_use_after_return.asan.clang", Kind::stack_use_after_return,
     "src/stack_use_after_return.cpp:use", "'local' on the stack of main thread",
     "stack-use-after-return: read of size 4 by main thread"},
    {"stack_use_after_scope.asan.gcc", Kind::stack_use_after_scope,
     "src/stack_use_after_scope.cpp:use", "'local' on the stack of main thread",
     "stack-use-after-scope: read of size 4 by main thread"},
    {"use_after_poison.asan.gcc", Kind::use_after_poison, "src/use_after_poison.cpp:touch",
     "heap block of size 64", "use-after-poison: read of size 1 by main thread"},
    {"initialization_order_fiasco.asan.clang", Kind::initialization_order_fiasco,
     "src/initialization_order_fiasco.cpp:read_second", "global 'second' of size 4",
     "initialization-order-fiasco: read of size 4 by main thread"},
    {"stack_overflow.asan.gcc", Kind::stack_overflow, "src/stack_overflow.cpp:descend", "",
     "stack-overflow"},
    {"segv.asan.gcc", Kind::crash, "src/segv.cpp:crash", "", "SEGV: write access"},
    {"bus.asan.clang", Kind::crash, "src/bus.cpp:read_past_end", "", "BUS: read access"},
    {"fpe.asan.gcc", Kind::crash, "src/fpe.cpp:divide", "", "FPE"},
    {"abrt.asan.clang", Kind::crash, "src/abrt.cpp:give_up", "", "ABRT"},
    {"allocation_size_too_big.asan.clang", Kind::allocation_size_too_big,
     "src/allocation_size_too_big.cpp:reserve", "", "requested allocation size"},
    {"calloc_overflow.asan.gcc", Kind::allocation_size_too_big, "src/calloc_overflow.cpp:table", "",
     "calloc parameters overflow"},
    {"negative_size.asan.gcc", Kind::negative_size_param, "src/negative_size.cpp:shift",
     "'text' on the stack of main thread", "negative-size-param"},
    {"memcpy_overlap.asan.gcc", Kind::memcpy_param_overlap, "src/memcpy_overlap.cpp:shift",
     "'text' on the stack of main thread", "memcpy-param-overlap"},
};

TEST(Asan, RealLogs) {
  for (const auto& row : memory_errors) expect_first(row, "AddressSanitizer");
}

TEST(Asan, EveryPartOfAReportIsRead) {
  const auto report = parse_report(read_log("use_after_free.asan.clang"));
  ASSERT_THAT(report.findings, SizeIs(1));
  const auto& finding = report.findings.front();
  const auto sides = stacks_of(finding, Role::side);
  ASSERT_THAT(sides, SizeIs(2));
  EXPECT_EQ(sides[0]->title, "Read of size 4 by thread T1");
  EXPECT_EQ(sides[0]->thread, "T1");
  EXPECT_EQ(sides[0]->frames.at(0).line, 13);
  EXPECT_EQ(sides[0]->frames.at(0).column, 18);
  EXPECT_EQ(sides[1]->title, "freed by thread T0");
  EXPECT_EQ(sides[1]->thread, "main thread");
  ASSERT_THAT(stacks_of(finding, Role::allocation), SizeIs(1));
  EXPECT_EQ(stacks_of(finding, Role::allocation)[0]->title, "previously allocated by thread T0");
  ASSERT_THAT(stacks_of(finding, Role::thread), SizeIs(1));
  EXPECT_EQ(stacks_of(finding, Role::thread)[0]->thread, "T1");
  EXPECT_TRUE(finding.text.starts_with("==12345==ERROR: AddressSanitizer: heap-use-after-free"));
  EXPECT_TRUE(finding.text.ends_with("==12345==ABORTING\n"));
  EXPECT_THAT(finding.text, HasSubstr("Shadow byte legend"));
}

TEST(Asan, ACrashedThreadsCreationComesAfterTheSummary) {
  const auto report = parse_report(read_log("segv.asan.gcc"));
  ASSERT_THAT(report.findings, SizeIs(1));
  const auto& finding = report.findings.front();
  EXPECT_EQ(stacks_of(finding, Role::side).at(0)->thread, "T1");
  ASSERT_THAT(stacks_of(finding, Role::thread), SizeIs(1));
  EXPECT_EQ(stacks_of(finding, Role::thread)[0]->title, "Thread T1 created by T0");
  EXPECT_TRUE(finding.text.ends_with("==12345==ABORTING\n"));
}

TEST(Asan, TheSystemsThreadNumberIsNoThread) {
  const auto report = parse_report(read_log("segv_ubsan.ubsan.clang"));
  ASSERT_THAT(report.findings, SizeIs(2));
  EXPECT_EQ(report.findings[1].tool, "UBSan");
  EXPECT_EQ(report.findings[1].signature, "crash: src/segv_ubsan.cpp:crash");
  EXPECT_EQ(report.findings[1].stacks.at(0).thread, "");
}

TEST(Asan, SeveralReportsOfARunThatGoesOn) {
  const auto one = read_log("heap_buffer_overflow.asan.gcc");
  const auto going_on = one.substr(0, one.find("==12345==ABORTING"));
  const auto report = parse_report(going_on + "count=3\n" + going_on + one);
  ASSERT_THAT(report.findings, SizeIs(3));
  EXPECT_EQ(report.findings[0].text, report.findings[1].text);
  EXPECT_EQ(report.findings[0].stacks, report.findings[2].stacks);
}

TEST(Asan, TheNearestGlobalIsTheLocation) {
  auto text = read_log("global_buffer_overflow.asan.gcc");
  const auto sink = text.find("0x", text.find("is located 56 bytes") - 15);
  const auto table = text.find('\n', sink) + 1;
  const auto end = text.find('\n', table) + 1;
  const auto swapped =
      text.substr(0, sink) + text.substr(table, end - table) + text.substr(sink, table - sink);
  EXPECT_EQ(parse_report(swapped).findings.at(0).location, "global 'table' of size 40");
}

TEST(Asan, ALongReportIsCutWithANote) {
  std::string text = "==1==ERROR: AddressSanitizer: stack-overflow on address 0x1 (pc 0x1 T0)\n";
  for (int i = 0; i < 4000; ++i)
    text += "    #" + std::to_string(i) + " 0x1 in f(int) /src/a.cpp:1\n";
  const auto report = parse_report(text);
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_THAT(report.findings[0].stacks.at(0).frames, SizeIs(4000));
  EXPECT_LT(report.findings[0].text.size(), 64 * 1024 + 100);
  EXPECT_TRUE(report.findings[0].text.ends_with("more bytes are in the log]\n"));
}

// Not to be produced by the compilers of make-logs: excerpts from Clang 19, shortened by hand.
TEST(Asan, FormsOfClang19) {
  const auto report = parse_report(
      "=================================================================\n"
      "==9==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x502000000018 at pc 0x1 bp "
      "0x2 "
      "sp 0x3\n"
      "READ of size 4 at 0x502000000018 thread T3\n"
      "    #0 0x5f in past(int*) /src/a.cpp:6:10\n"
      "    #1 0x60  (/lib/x86_64-linux-gnu/libc.so.6+0x29d8f) (BuildId: 00ff)\n\n"
      "0x502000000018 is located 0 bytes after 24-byte region [0x502000000000,0x502000000018)\n"
      "allocated by thread T0 here:\n"
      "    #0 0x61 in operator new[](unsigned long) (/src/build/a+0xdf02d) (BuildId: 00ff)\n"
      "    #1 0x62 in main /src/a.cpp:10:25\n\n"
      "Thread T3 (worker) created by T0 here:\n"
      "    #0 0x63 in pthread_create (/src/build/a+0x8d62c) (BuildId: 00ff)\n"
      "    #1 0x64 in main /src/a.cpp:12:3\n\n"
      "SUMMARY: AddressSanitizer: heap-buffer-overflow /src/a.cpp:6:10 in past(int*)\n"
      "==9==ABORTING\n");
  ASSERT_THAT(report.findings, SizeIs(1));
  const auto& finding = report.findings[0];
  EXPECT_EQ(finding.location, "heap block of size 24");
  EXPECT_EQ(finding.message, "heap-buffer-overflow: read of size 4 by thread T3");
  EXPECT_EQ(finding.signature, "heap-buffer-overflow: src/a.cpp:past");
  EXPECT_EQ(stacks_of(finding, Role::thread).at(0)->title, "Thread T3 (worker) created by T0");
}

TEST(Asan, NameOfEveryKind) {
  using sanitizer::asan_kind;
  EXPECT_EQ(asan_kind("stack-buffer-underflow on address 0x1"), Kind::stack_buffer_overflow);
  EXPECT_EQ(asan_kind("dynamic-stack-buffer-overflow on address"), Kind::stack_buffer_overflow);
  EXPECT_EQ(asan_kind("ILL on unknown address 0x1"), Kind::crash);
  EXPECT_EQ(asan_kind("unknown-crash on address 0x1"), Kind::other);
  EXPECT_EQ(asan_kind("odr-violation (0x1):"), Kind::other);
}

}  // namespace
}  // namespace redflag
