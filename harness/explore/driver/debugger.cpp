#include "explore/driver/debugger.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "explore/driver/orders.h"
#include "process/child.h"

namespace redflag {
namespace {

// A page that gdb's child finds open, filled in.
int page_file(const explorer::Spec& spec, std::span<const std::uint16_t> steps,
              std::span<const explorer::CodePlace> racing) {
  const int file = memfd_create("redflag-explore", 0);
  void* memory = MAP_FAILED;
  if (file >= 0 && ftruncate(file, sizeof(explorer::Page)) == 0)
    memory = mmap(nullptr, sizeof(explorer::Page), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory == MAP_FAILED) throw CannotExplore("cannot make the explorer's page");
  auto& page = *static_cast<explorer::Page*>(memory);
  give_orders(page, spec, steps, racing);
  return file;
}

// For a shell.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

}  // namespace

void debug(const Target& target, const explorer::Spec& spec, std::span<const std::uint16_t> steps,
           std::span<const explorer::CodePlace> racing) {
  if (find_program("gdb").empty()) throw CannotExplore("there is no gdb; install the package gdb");
  const int file = page_file(spec, steps, racing);
  std::vector<std::string> words = {"gdb", "-q"};
  const auto order = [&](std::string text) {
    words.emplace_back("-ex");
    words.push_back(std::move(text));
  };
  // gdb has the shell start the program, which keeps its arguments whole; the shell itself is not
  // to find the explorer in its environment.
  setenv("SHELL", "/bin/sh", 1);
  std::string wrapper = fmt::format("env {}={}", explorer::page_fd_variable, file);
  if (target.inside) wrapper += fmt::format(" {}=1", explorer::inside_variable);
  if (!target.body.empty())
    wrapper += " " + quoted(fmt::format("{}={}", explorer::body_variable, target.body));
  if (target.preload) wrapper += " " + quoted("LD_PRELOAD=" + preloaded_libraries());
  order("set exec-wrapper " + wrapper);
  order("set breakpoint pending on");
  order("break redflag_explore_stopped");
  order("break __tsan_on_report");
  order("catch syscall exit_group");
  order("run");
  words.emplace_back("--args");
  words.push_back(target.program.string());
  words.insert(words.end(), target.argv.begin() + 1, target.argv.end());
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execvp("gdb", arguments.data());
  throw CannotExplore("cannot start gdb");
}

}  // namespace redflag
