// glibc puts a thread's static TLS at the top of its stack and writes all of it. GCC's
// ThreadSanitizer keeps a megabyte there, so in a process that was just forked each thread begins
// with 260 page faults, half of what a short execution costs. Here the kernel makes those pages in
// one go. An execution that is not the first of its process finds the stacks of the one before, and
// needs none of this.
#include "explore/runtime/thread_stack.h"

#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>

#include "explore/runtime/execution.h"
#include "explore/runtime/raw.h"

namespace redflag::explorer {
namespace {

constexpr std::size_t worth_it = 1 << 16;
constexpr std::size_t first_frames = 1 << 14;  // and what else a thread touches at its beginning
constexpr std::size_t least = 1 << 17;  // ThreadSanitizer sees to it where a stack is the system's
constexpr std::size_t page_size = 4096;
// Of a thread that nobody joins the end is not known, and its stack never comes back.
constexpr std::size_t most_stacks = 64;

struct Loaded {
  std::size_t tls = 0;
  bool runs_code_on_stacks = false;
};

int add_module(dl_phdr_info* info, std::size_t, void* data) {
  auto& loaded = *static_cast<Loaded*>(data);
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& part = info->dlpi_phdr[i];
    if (part.p_type == PT_TLS) loaded.tls += part.p_memsz;
    if (part.p_type == PT_GNU_STACK) loaded.runs_code_on_stacks |= (part.p_flags & PF_X) != 0;
  }
  return 0;
}

std::size_t whole_pages(std::size_t size) { return (size + page_size - 1) / page_size * page_size; }

// Of all that is loaded when it is first asked for; 0: the system's own stacks are as good.
std::size_t tls_size() {
  static const std::size_t size = [] {
    Loaded loaded;
    dl_iterate_phdr(add_module, &loaded);
    return loaded.runs_code_on_stacks || loaded.tls < worth_it ? 0 : whole_pages(loaded.tls);
  }();
  return size;
}

// Whether the program gave one. If not, glibc tells of one that ends at address 0.
bool has_stack(const pthread_attr_t& attributes) {
  void* address = nullptr;
  std::size_t size = 0;
  pthread_attr_getstack(&attributes, &address, &size);
  return reinterpret_cast<std::uintptr_t>(address) + size != 0;
}

}  // namespace

// Atomic, because a thread that took very long to join another one may have lost the baton.
struct StackMemory {
  std::uintptr_t bottom = 0;
  std::size_t size = 0;
  std::atomic<bool> used = false;
};

namespace {

constinit StackMemory stacks[most_stacks];
constinit std::atomic<std::size_t> stack_count = 0;

StackMemory* take_free(std::size_t size) {
  for (StackMemory& stack : stacks) {
    if (stack.size == size && !stack.used.exchange(true)) return &stack;
  }
  return nullptr;
}

StackMemory* map_stack(std::size_t size) {
  if (stack_count >= most_stacks) return nullptr;
  const long got =
      raw::call(SYS_mmap, 0, static_cast<long>(page_size + size), PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (got < 0 && got > -4096) return nullptr;
  raw::call(SYS_mprotect, got, page_size, PROT_NONE);  // below it, for an overflow to meet
  const long bottom = got + static_cast<long>(page_size);
  const std::size_t top = tls_size() + first_frames;
  raw::call(SYS_madvise, bottom + static_cast<long>(size - top), static_cast<long>(top),
            MADV_POPULATE_WRITE);  // an old kernel refuses, and nothing is lost
  StackMemory& stack = stacks[stack_count++];
  stack.used = true;
  stack.bottom = static_cast<std::uintptr_t>(bottom);
  stack.size = size;
  return &stack;
}

}  // namespace

ReadyStack::ReadyStack(const pthread_attr_t* given, Thread& thread) : given_(given) {
  if (inside || tls_size() == 0) return;
  copied_ = given == nullptr && pthread_getattr_default_np(&ours_) == 0;
  if (given != nullptr) ours_ = *given;
  std::size_t size = 0;
  if (has_stack(ours_) || pthread_attr_getstacksize(&ours_, &size) != 0) return;
  size = whole_pages(size < least ? least : size) + tls_size() + first_frames;
  StackMemory* stack = take_free(size);
  if (stack == nullptr) stack = map_stack(size);
  if (stack == nullptr) return;
  thread.stack_memory = stack;
  prepared_ = pthread_attr_setstack(&ours_, reinterpret_cast<void*>(stack->bottom), size) == 0;
}

ReadyStack::~ReadyStack() {
  if (copied_) pthread_attr_destroy(&ours_);
}

void give_back_stack(Thread& thread) {
  if (thread.stack_memory == nullptr) return;
  thread.stack_memory->used = false;
  thread.stack_memory = nullptr;
}

}  // namespace redflag::explorer
