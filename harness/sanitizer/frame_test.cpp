#include "sanitizer/frame.h"

#include <gtest/gtest.h>

#include <vector>

namespace redflag {
namespace {

using sanitizer::parse_frame;

struct FrameLine {
  std::string_view line;
  Frame frame;
};

TEST(Frame, LinesOfEveryToolAndCompiler) {
  const std::vector<FrameLine> rows{
      // ThreadSanitizer: Clang, GCC.
      {"    #0 (anonymous namespace)::bump() /src/a.cpp:5:15 (prog+0xd4523) (BuildId: b8e2)",
       {"(anonymous namespace)::bump()", "/src/a.cpp", 5, 15, "prog", 0xd4523}},
      {"    #0 bump /src/a.cpp:5 (prog+0x1249)", {"bump", "/src/a.cpp", 5, 0, "prog", 0x1249}},
      {"    #6 <null> <null> (libstdc++.so.6+0xd44a2)", {"", "", 0, 0, "libstdc++.so.6", 0xd44a2}},
      {"    #0 operator new(unsigned long) <null> (prog+0xd33a6) (BuildId: ca7e)",
       {"operator new(unsigned long)", "", 0, 0, "prog", 0xd33a6}},
      {"    #2 __tsan::Call(__tsan::Thread*, bool) tsan_posix.cpp.o (prog+0x59cd1)",
       {"__tsan::Call(__tsan::Thread*, bool)", "tsan_posix.cpp.o", 0, 0, "prog", 0x59cd1}},
      {"    #0 pthread_create ../../../../src/libsanitizer/tsan/a.cpp:1001 (libtsan.so.2+0x5e686)",
       {"pthread_create", "../../../../src/libsanitizer/tsan/a.cpp", 1001, 0, "libtsan.so.2",
        0x5e686}},
      // AddressSanitizer: GCC, Clang.
      {"    #0 0x5555555551db in fill /src/a.cpp:5", {"fill", "/src/a.cpp", 5, 0, "", 0}},
      {"    #0 0x55555563554c in (anonymous namespace)::at(int) /src/a.cpp:6:28",
       {"(anonymous namespace)::at(int)", "/src/a.cpp", 6, 28, "", 0}},
      {"    #7 0x7ffff7cd44a2  (/lib/x86_64-linux-gnu/libstdc++.so.6+0xd44a2) (BuildId: 289e)",
       {"", "", 0, 0, "/lib/x86_64-linux-gnu/libstdc++.so.6", 0xd44a2}},
      {"    #0 0x55555563302d in operator new[](unsigned long) (/src/build/a+0xdf02d)",
       {"operator new[](unsigned long)", "", 0, 0, "/src/build/a", 0xdf02d}},
      {"    #8 0x7ffff7aa71f4 in start_thread nptl/./nptl/pthread_create.c:442:8",
       {"start_thread", "nptl/./nptl/pthread_create.c", 442, 8, "", 0}},
      {"    #2 0x555555575347 in _GLOBAL__sub_I_a.cpp /src/a.cpp",
       {"_GLOBAL__sub_I_a.cpp", "/src/a.cpp", 0, 0, "", 0}},
      // Spaces in both, and names that look like paths.
      {"#12 void ns::f<int>(int, ...) const /home/a b/c (1).cpp:7:3 (my prog+0x1)",
       {"void ns::f<int>(int, ...) const", "/home/a b/c (1).cpp", 7, 3, "my prog", 1}},
      {"#1 0x1 in f(int, ...) (/a+0x2)", {"f(int, ...)", "", 0, 0, "/a", 2}},
      {"#1 0x1 in ns::operator/(ns::A, ns::A) /src/a.cpp:1",
       {"ns::operator/(ns::A, ns::A)", "/src/a.cpp", 1, 0, "", 0}},
      {"#1 0x1 in f() [clone .part.0] (/a+0x2)", {"f() [clone .part.0]", "", 0, 0, "/a", 2}},
      // Cut.
      {"    #0 bump", {"bump", "", 0, 0, "", 0}},
      {"    #0 bump /src/a.cpp:", {"bump", "/src/a.cpp:", 0, 0, "", 0}},
      {"    #0 bump /src/a.cpp:99999999999", {"bump", "/src/a.cpp", 0, 0, "", 0}},
      {"    #0 0x55", {}},
  };
  for (const auto& row : rows) {
    const auto frame = parse_frame(row.line);
    ASSERT_TRUE(frame) << row.line;
    EXPECT_EQ(frame->function, row.frame.function) << row.line;
    EXPECT_EQ(frame->file, row.frame.file) << row.line;
    EXPECT_EQ(*frame, row.frame) << row.line;
  }
}

TEST(Frame, OtherLinesAreNone) {
  for (const auto* line : {"", "#", "#1", "# 1 main", "#include <thread>", "main /src/a.cpp:5",
                           "  Read of size 4 at 0x7b08 by thread T1:"}) {
    EXPECT_FALSE(parse_frame(line)) << line;
  }
}

TEST(Frame, UserFrames) {
  for (const auto* line :
       {"#0 bump /src/a.cpp:5 (a+0x1)", "#0 main <null> (a+0x1)",
        "#0 redflag::Engine::stop() /src/harness/lifecycle/engine.cpp:5:1 (a+0x1)",
        "#0 include /home/u/c++/app/include/x.h:3 (a+0x1)", "#0 stdlib_user /src/stdlib/a.cpp:1",
        "#0 free /src/pool.cpp:3 (a+0x1)", "#0 standard::run() /src/a.cpp:1 (a+0x1)"}) {
    EXPECT_TRUE(is_user_frame(*parse_frame(line))) << line;
  }
}

TEST(Frame, FramesOfTheMachineryAreNotTheUsers) {
  for (const auto* line :
       {"#0 malloc ../../../../src/libsanitizer/tsan/tsan_interceptors_posix.cpp:647 "
        "(libtsan.so.2+0x3)",
        "#0 free <null> (a+0x51c41)", "#0 pthread_mutex_lock <null> (a+0x1)",
        "#0 operator delete(void*) <null> (a+0x1)", "#0 0x1 in __interceptor_free (/src/a+0x1)",
        "#0 0x1 in malloc /build/llvm/compiler-rt/lib/asan/asan_malloc_linux.cpp:69:3",
        "#0 __tsan::CallUserSignalHandler(int) tsan_interceptors_posix.cpp.o (a+0x1)",
        "#0 void std::__invoke<int>(int&&) /usr/include/c++/12/bits/invoke.h:61 (a+0x1)",
        "#0 __gthread_mutex_lock(pthread_mutex_t*) "
        "/usr/include/x86_64-linux-gnu/c++/12/bits/gthr-default.h:749 (a+0x1)",
        "#0 lock /usr/lib/llvm-19/bin/../include/c++/v1/mutex:9:1 (a+0x1)",
        "#0 __gnu_cxx::new_allocator<int>::allocate(unsigned long) /opt/x/new_allocator.h:1 "
        "(a+0x1)",
        "#0 std::mutex::lock() /opt/gcc/headers/std_mutex.h:100 (a+0x1)",
        "#0 <null> <null> (libstdc++.so.6+0xd44a2)", "#0 clone3 <null> (libc.so.6+0x1)",
        "#0 0x1 in raise signal/../sysdeps/posix/raise.c:26:13",
        "#0 0x1 in __GI_abort stdlib/abort.c:79", "#0 0x1 in f ./nptl/pthread_create.c:442",
        "#0 redflag::program::run() /src/harness/program/main.cpp:5 (a+0x1)"}) {
    EXPECT_FALSE(is_user_frame(*parse_frame(line))) << line;
  }
}

Stack stack_of(const std::vector<std::string_view>& lines) {
  Stack stack;
  for (const auto line : lines) stack.frames.push_back(*parse_frame(line));
  return stack;
}

TEST(Frame, TheTopUserFrameHasASourceFile) {
  const auto stack = stack_of({"#0 close <null> (a+0x1)", "#1 wrapped_close <null> (libx.so+0x1)",
                               "#2 closer /src/a.cpp:12 (a+0x1)", "#3 main /src/a.cpp:20 (a+0x1)"});
  ASSERT_NE(top_user_frame(stack), nullptr);
  EXPECT_EQ(top_user_frame(stack)->function, "closer");
}

TEST(Frame, WithoutOneItIsTheFirstThatNamesAFunction) {
  const auto no_debug = stack_of({"#0 close <null> (a+0x1)", "#1 closer <null> (a+0x1)"});
  ASSERT_NE(top_user_frame(no_debug), nullptr);
  EXPECT_EQ(top_user_frame(no_debug)->function, "closer");
  const auto machinery = stack_of({"#0 <null> <null> (libc.so.6+0x1)", "#1 close <null> (a+0x1)"});
  ASSERT_NE(top_user_frame(machinery), nullptr);
  EXPECT_EQ(top_user_frame(machinery)->function, "close");
  EXPECT_EQ(top_user_frame(stack_of({"#0 <null> <null> (libc.so.6+0x1)"})), nullptr);
  EXPECT_EQ(top_user_frame(Stack{}), nullptr);
}

}  // namespace
}  // namespace redflag
