BEGIN { }
#!/native/bin/dtrace -s
