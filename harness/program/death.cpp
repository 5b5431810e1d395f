#include "program/death.h"

#include <cxxabi.h>
#include <execinfo.h>
#include <link.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigaction is POSIX
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <typeinfo>

#include "program/instrumentation.h"

namespace redflag {
namespace {

StatusPage* page_of_death = nullptr;
std::uintptr_t program_begin = 0;
std::uintptr_t program_end = 0;

int find_program(dl_phdr_info* info, std::size_t, void*) {
  program_begin = info->dlpi_addr;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& part = info->dlpi_phdr[i];
    if (part.p_type != PT_LOAD) continue;
    const std::uintptr_t end = info->dlpi_addr + part.p_vaddr + part.p_memsz;
    if (end > program_end) program_end = end;
  }
  return 1;  // the program itself comes first; no more are wanted
}

// The first thread to die writes; a second one at the same time must not mix its own in.
void note_stack() {
  void* frames[StatusPage::max_frames];
  const int count = backtrace(frames, static_cast<int>(StatusPage::max_frames));
  for (int i = 0; i < count; ++i) {
    const auto address = reinterpret_cast<std::uintptr_t>(frames[i]);
    const bool ours = address > program_begin && address < program_end;
    // A return address is one past the call; one before it lies in the call's own line.
    page_of_death->death_offsets[i] = ours ? address - program_begin - 1 : 0;
  }
  page_of_death->death_frames = static_cast<std::uint32_t>(count);
}

bool first_death() {
  static std::atomic_flag dead = ATOMIC_FLAG_INIT;
  return !dead.test_and_set();
}

// "std::runtime_error: boom", or the type alone of an exception that has no what().
void note_exception(const std::type_info& type) {
  char* text = page_of_death->death_text;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type.name(), nullptr, nullptr, nullptr), &std::free);
  const char* shown = name ? name.get() : type.name();
  std::snprintf(text, StatusPage::text_size, "%s", shown);
  try {
    throw;
  } catch (const std::exception& error) {
    std::snprintf(text, StatusPage::text_size, "%s: %s", shown, error.what());
  } catch (...) {  // NOLINT(bugprone-empty-catch): it has no text to add
  }
}

[[noreturn]] void on_terminate() {
  while (!first_death()) pause();  // another thread dies already, and its end is the one told
  page_of_death->terminated = 1;
  if (const std::type_info* type = abi::__cxa_current_exception_type()) note_exception(*type);
  note_stack();
  page_of_death->death_signal = SIGABRT;
  const char* text = page_of_death->death_text;
  std::fprintf(stderr, "terminated: %s\n", text[0] != '\0' ? text : "no active exception");
  std::abort();
}

extern "C" void on_fatal_signal(int signal) {
  if (first_death()) {
    note_stack();
    page_of_death->death_signal = static_cast<std::uint32_t>(signal);
  }
  // The handler was set with SA_RESETHAND, so this dies as it would have without us.
  raise(signal);
}

void handle(int signal) {
  struct sigaction action = {};
  action.sa_handler = on_fatal_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER | SA_ONSTACK);
  sigaction(signal, &action, nullptr);
}

}  // namespace

void note_death_on(StatusPage& page) {
  page_of_death = &page;
  dl_iterate_phdr(find_program, nullptr);
  void* frame[1];
  backtrace(frame, 1);  // loads the unwinder now: a signal handler may not
  std::set_terminate(on_terminate);
  handle(SIGABRT);
  if (instrumentation() == "none") {  // a sanitizer reports these itself, with more
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) handle(signal);
  }
}

}  // namespace redflag
