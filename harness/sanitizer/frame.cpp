#include "sanitizer/frame.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <string>

#include "sanitizer/text.h"

namespace redflag {
namespace {

using sanitizer::contains;

constexpr auto runtime_paths = std::to_array<std::string_view>(
    {"libsanitizer/", "sanitizer_common", "compiler-rt/", "/libtsan", "/libasan", "/liblsan",
     "/libubsan", "libstdc++-v3/", "libcxx/", "libcxxabi/", "harness/program/",
     "harness/explore/runtime/", "harness/explore/driver/", "harness/explore/inside/explore.cpp"});

constexpr auto runtime_modules = std::to_array<std::string_view>(
    {"libredflag-explore.so", "libtsan.so", "libasan.so", "liblsan.so", "libubsan.so",
     "libclang_rt.", "libstdc++.so", "libc++.so", "libc++abi.so", "libgcc_s.so", "libc.so",
     "libm.so", "libpthread.so", "ld-linux", "linux-vdso"});

constexpr auto runtime_functions = std::to_array<std::string_view>(
    {"__interceptor_", "___interceptor_", "__tsan", "__asan", "__lsan", "__ubsan", "__sanitizer",
     "__interception", "asan.module_", "tsan.module_"});

constexpr auto runtime_scopes =
    std::to_array<std::string_view>({"std", "__gnu_cxx", "__cxxabiv1", "__tsan", "__asan", "__lsan",
                                     "__ubsan", "__sanitizer", "__interception", "testing"});

// Interceptors that Clang links into the program print no file: "#0 free <null> (program+0x51c41)".
constexpr auto intercepted = std::to_array<std::string_view>({"malloc",
                                                              "calloc",
                                                              "realloc",
                                                              "free",
                                                              "memcpy",
                                                              "memmove",
                                                              "memset",
                                                              "memcmp",
                                                              "strlen",
                                                              "strcpy",
                                                              "strncpy",
                                                              "strcmp",
                                                              "strdup",
                                                              "read",
                                                              "write",
                                                              "open",
                                                              "close",
                                                              "send",
                                                              "recv",
                                                              "poll",
                                                              "sleep",
                                                              "usleep",
                                                              "nanosleep",
                                                              "fork",
                                                              "signal",
                                                              "raise",
                                                              "abort",
                                                              "start_thread",
                                                              "clone",
                                                              "clone3",
                                                              "_start",
                                                              "operator new",
                                                              "operator new[]",
                                                              "operator delete",
                                                              "operator delete[]"});

constexpr auto glibc_folders = std::to_array<std::string_view>(
    {"nptl", "csu", "stdlib", "signal", "misc", "malloc", "string", "stdio-common", "libio", "elf",
     "io", "posix", "time", "socket", "rt", "dlfcn", "setjmp", "debug"});

template <class Parts>
bool contains_any(std::string_view text, const Parts& parts) {
  return std::ranges::any_of(parts, [&](auto part) { return contains(text, part); });
}

template <class Words>
bool is_any(std::string_view text, const Words& words) {
  return std::ranges::find(words, text) != std::ranges::end(words);
}

// "nptl/./nptl/pthread_create.c", "../sysdeps/posix/raise.c", "./stdlib/abort.c"
bool is_c_library(std::string_view file) {
  if (contains(file, "sysdeps/") || contains(file, "/glibc")) return true;
  while (file.starts_with("./") || file.starts_with("../")) file = file.substr(file.find('/') + 1);
  return is_any(sanitizer::before(file, "/"), glibc_folders) &&
         (file.ends_with(".c") || file.ends_with(".S"));
}

// "/usr/include/c++/12/thread", "/usr/include/x86_64-linux-gnu/c++/12/bits/gthr-default.h"
bool is_standard_header(std::string_view file) {
  const auto rest = sanitizer::after(file, "include/");
  return rest && (rest->starts_with("c++/") || contains(*rest, "/c++/"));
}

bool is_runtime_function(std::string_view function) {
  return std::ranges::any_of(runtime_functions,
                             [&](auto start) { return function.starts_with(start); }) ||
         is_any(outermost_scope(function), runtime_scopes);
}

// Without a source file only the name can tell.
bool is_interceptor(const Frame& frame) {
  const auto name = unqualified_name(frame.function);
  return name.starts_with("__") || name.starts_with("pthread_") || name.starts_with("sem_") ||
         is_any(name, intercepted);
}

}  // namespace

bool is_user_frame(const Frame& frame) {
  if (frame.function.empty() && frame.file.empty()) return false;
  if (is_runtime_function(frame.function) || contains_any(frame.module, runtime_modules)) {
    return false;
  }
  if (frame.file.empty()) return !is_interceptor(frame);
  return !contains_any(frame.file, runtime_paths) && !is_standard_header(frame.file) &&
         !is_c_library(frame.file);
}

const Frame* top_user_frame(const Stack& stack) {
  const Frame* without_file = nullptr;
  const Frame* any = nullptr;
  for (const auto& frame : stack.frames) {
    const bool user = is_user_frame(frame);
    if (user && !frame.file.empty()) return &frame;
    if (user && without_file == nullptr) without_file = &frame;
    if (!frame.function.empty() && any == nullptr) any = &frame;
  }
  return without_file != nullptr ? without_file : any;
}

}  // namespace redflag
